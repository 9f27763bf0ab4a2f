-- purpose: What one minor unit of a currency is worth in minor units of the reporting currency, and for which days a rate holds: the day it was quoted for and, where none is quoted, the 7 days after
-- grain: one row per currency, rate_date
-- reads: fx_rate, report_setting
-- time: days of the report time zone; join with asof, the latest rate_date not after the day, and take no rate after valid_until; a late rate changes amounts at once
with
    assumeNotNull((
        select currency from report_setting final
    )) as reporting_currency,

-- Each quote of a day read both ways: a euro that is worth 1.25 dollars makes a
-- dollar worth 0.8 euros.
-- quote: 1 of what currency, 2 in which, 3 rate, 4 whether it is the inverse
days as (
    select
        rate_date,
        arrayConcat(
            groupArray((
                currency::String,
                quote_currency::String,
                rate::Decimal(38, 18),
                0
            )),
            groupArray((
                quote_currency::String,
                currency::String,
                divideDecimal(toDecimal128(1, 12), rate, 18)::Decimal(38, 18),
                1
            ))
        ) as quotes,
        arraySort(
            quote -> quote.4,
            arrayFilter(quote -> quote.2 = reporting_currency, quotes)
        ) as ways_in
    from fx_rate final
    where rate > 0
    group by rate_date
),

-- What was quoted in the reporting currency counts before what was quoted the
-- other way round, and both before what two quotes give.
routes as (
    select
        rate_date,
        arrayJoin(arrayConcat(
            arrayMap(way -> (way.1, way.3, (way.4, '')), ways_in),
            arrayMap(
                quote -> (
                    quote.1,
                    multiplyDecimal(
                        quote.3,
                        arrayFirst(way -> way.1 = quote.2, ways_in).3,
                        18
                    )::Decimal(38, 18),
                    (2, quote.2)
                ),
                arrayFilter(
                    quote -> has(ways_in.1, quote.2)
                        and quote.1 != reporting_currency,
                    quotes
                )
            )
        )) as route
    from days
)

select
    route.1 as currency,
    rate_date,
    rate_date + 7 as valid_until,
    -- 1 USD = 150 JPY is 1 cent = 1.5 yen: yen have no decimals.
    argMin(route.2, route.3)
    * lm_minor_units(reporting_currency) / lm_minor_units(currency)
        as minor_rate
from routes
group by currency, rate_date

union all

-- The only currency with a rate of 1.
select
    reporting_currency as currency,
    toDate('1970-01-01') as rate_date,
    toDate('2149-06-06') as valid_until,
    toDecimal128(1, 18) as minor_rate
