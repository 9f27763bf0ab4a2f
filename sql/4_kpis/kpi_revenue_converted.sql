-- purpose: Revenue of all currencies together in the reporting currency, at the rate of the day of each order; refunds at the rate of their order
-- grain: one row per metric, grain, period_start, dimension, dimension_value
-- reads: revenue_cell, int_live_run, int_fx_rate, report_grain, report_setting
-- time: days of the report time zone; the last rate of at most 7 days before holds where a day has none; a late rate, order or refund changes the period it belongs to
with
    assumeNotNull((
        select week_start from report_setting final
    )) as week_start,

days as (
    select
        dimension,
        dimension_value,
        currency::String as currency,
        revenue_date,
        rate_date,
        sum(revenue_cell.order_count) as order_count,
        sum(revenue_cell.revenue_minor) as revenue_minor,
        sum(revenue_cell.refunded_minor) as refunded_minor,
        sum(revenue_cell.cash_refunded_minor) as cash_refunded_minor
    from revenue_cell
    where (base_no, refresh_no) in (
        select base_no, refresh_no from int_live_run
    )
    group by dimension, dimension_value, currency, revenue_date, rate_date
),

-- Without a rate, or with one that is too old, minor_rate is 0.
rated as (
    select
        days.dimension as dimension,
        days.dimension_value as dimension_value,
        days.currency as currency,
        days.revenue_date as revenue_date,
        days.order_count as order_count,
        days.revenue_minor as revenue_minor,
        days.refunded_minor as refunded_minor,
        days.cash_refunded_minor as cash_refunded_minor,
        if(
            days.rate_date <= rate.valid_until,
            rate.minor_rate,
            toDecimal128(0, 18)
        ) as minor_rate
    from days
    asof left join int_fx_rate as rate
        on rate.currency = days.currency
        and rate.rate_date <= days.rate_date
),

amounts as (
    select
        arrayJoin(['day', 'week', 'month', 'quarter', 'year']) as grain,
        dimension,
        dimension_value,
        lm_period_start(revenue_date, grain, week_start) as period_start,
        order_count,
        revenue_minor * minor_rate as revenue,
        refunded_minor * minor_rate as refunded,
        cash_refunded_minor * minor_rate as cash_refunded,
        -- Nothing is nothing in every currency; what a refund of an unknown order
        -- returns may be in none.
        if(
            minor_rate = 0 and (revenue_minor != 0 or refunded_minor != 0),
            [if(currency = '', '(none)', currency)],
            []
        ) as unconverted,
        if(
            minor_rate = 0 and (revenue_minor != 0 or cash_refunded_minor != 0),
            [if(currency = '', '(none)', currency)],
            []
        ) as cash_unconverted,
        -- An order without an amount needs no rate.
        if(minor_rate = 0 and currency != '', order_count, 0)
            as unconverted_count,
        false as is_closed
    from rated

    union all

    -- A row also for periods without orders.
    select
        grains.grain as grain,
        series.dimension as dimension,
        series.dimension_value as dimension_value,
        period.1 as period_start,
        toInt64(0) as order_count,
        toDecimal128(0, 18) as revenue,
        toDecimal128(0, 18) as refunded,
        toDecimal128(0, 18) as cash_refunded,
        [] as unconverted,
        [] as cash_unconverted,
        toInt64(0) as unconverted_count,
        period.3 as is_closed
    from (
        select distinct
            dimension,
            dimension_value
        from days
    ) as series
    cross join report_grain as grains
    array join grains.periods as period
),

measures as (
    select
        grain,
        dimension,
        dimension_value,
        period_start,
        sum(amounts.order_count) as order_count,
        sum(revenue) as gross,
        sum(refunded) as refunds,
        sum(cash_refunded) as cash_refunds,
        arraySort(groupUniqArrayArray(unconverted)) as currencies,
        arraySort(groupUniqArrayArray(cash_unconverted)) as cash_currencies,
        sum(amounts.unconverted_count) as unconverted_order_count,
        max(amounts.is_closed) as is_closed
    from amounts
    group by grain, dimension, dimension_value, period_start
)

select
    metric,
    toInt32(1) as metric_version,
    '' as model_id,
    toInt32(0) as model_version,
    period_start,
    grain,
    dimension::String as dimension,
    dimension_value,
    assumeNotNull((
        select currency from report_setting final
    )) as currency,
    if(startsWith(metric, 'converted_cash_'), 'cash', 'order_date') as basis,
    -- Converted exactly and rounded once.
    toInt64(round(multiIf(
        metric = 'converted_refunds', refunds,
        metric = 'converted_net_revenue', gross - refunds,
        metric = 'converted_cash_refunds', cash_refunds,
        metric = 'converted_cash_net_revenue', gross - cash_refunds,
        gross
    ))) as numerator,
    if(
        metric = 'converted_average_order_value', order_count, null
    )::Nullable(Int64) as denominator,
    -- What can't be converted in full has no value.
    if(
        unconverted_currencies != '',
        null,
        if(
            metric = 'converted_average_order_value',
            -- No order, no average.
            numerator / nullIf(order_count, 0),
            numerator
        )
    )::Nullable(Float64) as value,
    order_count as n,
    null::Nullable(Float64) as ci_low,
    null::Nullable(Float64) as ci_high,
    is_closed::Bool as is_mature,
    arrayStringConcat(
        if(basis = 'cash', cash_currencies, currencies), ', '
    ) as unconverted_currencies,
    unconverted_order_count
from measures
array join [
    'converted_gross_revenue', 'converted_refunds', 'converted_net_revenue',
    'converted_average_order_value', 'converted_cash_refunds',
    'converted_cash_net_revenue'
] as metric
