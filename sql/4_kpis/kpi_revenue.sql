-- purpose: What customers paid, what was paid back, how often they ordered and how much per order, by currency; refunds by the date of the order and, as cash, by their own
-- grain: one row per metric, currency, grain, period_start, dimension, dimension_value
-- reads: revenue_cell, int_live_run, report_grain, report_setting
-- time: days of the report time zone; a late order or refund changes the period it belongs to
with
    assumeNotNull((
        select week_start from report_setting final
    )) as week_start,

cells as (
    select
        currency,
        dimension,
        dimension_value,
        revenue_date,
        order_count,
        revenue_minor,
        refunded_minor,
        cash_refunded_minor
    from revenue_cell
    where (base_no, refresh_no) in (
        select base_no, refresh_no from int_live_run
    )
),

amounts as (
    select
        currency,
        arrayJoin(['day', 'week', 'month', 'quarter', 'year']) as grain,
        dimension,
        dimension_value,
        lm_period_start(revenue_date, grain, week_start) as period_start,
        order_count,
        revenue_minor,
        refunded_minor,
        cash_refunded_minor,
        false as is_closed
    from cells

    union all

    -- A row also for periods without orders.
    select
        series.currency as currency,
        grains.grain as grain,
        series.dimension as dimension,
        series.dimension_value as dimension_value,
        period.1 as period_start,
        toInt64(0) as order_count,
        toInt64(0) as revenue_minor,
        toInt64(0) as refunded_minor,
        toInt64(0) as cash_refunded_minor,
        period.3 as is_closed
    from (
        select distinct
            currency,
            dimension,
            dimension_value
        from cells
    ) as series
    cross join report_grain as grains
    array join grains.periods as period
),

measures as (
    select
        currency,
        grain,
        dimension,
        dimension_value,
        period_start,
        sum(amounts.order_count) as order_count,
        sum(amounts.revenue_minor) as revenue_minor,
        sum(amounts.refunded_minor) as refunded_minor,
        sum(amounts.cash_refunded_minor) as cash_refunded_minor,
        max(amounts.is_closed) as is_closed
    from amounts
    group by currency, grain, dimension, dimension_value, period_start
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
    currency,
    if(startsWith(metric, 'cash_'), 'cash', 'order_date') as basis,
    multiIf(
        metric = 'refunds', refunded_minor,
        metric = 'net_revenue', revenue_minor - refunded_minor,
        metric = 'cash_refunds', cash_refunded_minor,
        metric = 'cash_net_revenue', revenue_minor - cash_refunded_minor,
        metric = 'orders', order_count,
        revenue_minor
    ) as numerator,
    if(
        metric = 'average_order_value', order_count, null
    )::Nullable(Int64) as denominator,
    if(
        metric = 'average_order_value',
        -- No order, no average.
        revenue_minor / nullIf(order_count, 0),
        numerator
    )::Nullable(Float64) as value,
    order_count as n,
    null::Nullable(Float64) as ci_low,
    null::Nullable(Float64) as ci_high,
    is_closed::Bool as is_mature
from measures
array join [
    'gross_revenue', 'refunds', 'net_revenue', 'orders', 'average_order_value',
    'cash_refunds', 'cash_net_revenue'
] as metric
