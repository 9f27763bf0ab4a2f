-- purpose: What one minor unit of a currency is worth in minor units of the reporting currency, and for which days a rate holds: the day it was quoted for and, where none is quoted, the 7 days after
-- grain: one row per currency, rate_date
-- reads: fx_rate, report_setting
-- time: days of the report time zone; join with asof, the latest rate_date not after the day, and take no rate after valid_until; a late rate changes amounts at once
with
    assumeNotNull((
        select currency from report_setting final
    )) as reporting_currency
select
    currency::String as currency,
    rate_date,
    rate_date + 7 as valid_until,
    -- 1 USD = 150 JPY is 1 cent = 1.5 yen: yen have no decimals.
    rate * lm_minor_units(reporting_currency) / lm_minor_units(currency)
        as minor_rate
from fx_rate final
where quote_currency = reporting_currency
    and currency != reporting_currency

union all

-- The only currency with a rate of 1.
select
    reporting_currency as currency,
    toDate('1970-01-01') as rate_date,
    toDate('2149-06-06') as valid_until,
    toDecimal128(1, 12) as minor_rate
