-- purpose: What customers paid, what was paid back, how often they ordered and how much per order, by the date of the order
-- grain: one row per metric, currency, grain, period_start, dimension, dimension_value
-- reads: int_order, int_subject, int_calendar, int_period, report_setting
-- time: days of the report time zone; a refund, however late, counts in the period of the order it pays back
with
    assumeNotNull((
        select time_zone from report_setting final
    )) as time_zone,

orders as (
    select
        int_order.currency as currency,
        toDate(toTimeZone(int_order.ordered_at, time_zone)) as ordered_date,
        int_order.revenue_minor as revenue_minor,
        int_order.refunded_minor as refunded_minor,
        slice.1 as dimension,
        if(slice.2 = '', '(none)', slice.2) as dimension_value
    from int_order
    -- An order without a known subject has no persona: '' is right.
    left join int_subject on int_subject.subject_id = int_order.subject_id
    array join [
        ('all', 'all'),
        ('channel', int_order.channel::String),
        ('campaign', int_order.campaign::String),
        ('persona', int_subject.persona::String),
        ('country', int_order.country::String),
        ('source', int_order.source::String)
    ] as slice
),

series as (
    select
        orders.currency as currency,
        calendar.grain as grain,
        orders.dimension as dimension,
        orders.dimension_value as dimension_value,
        sumMap(map(calendar.period_start, toInt64(1))) as order_counts,
        sumMap(
            map(calendar.period_start, orders.revenue_minor)
        ) as revenues,
        sumMap(
            map(calendar.period_start, orders.refunded_minor)
        ) as refunds
    from orders
    inner join int_calendar as calendar
        on calendar.calendar_date = orders.ordered_date
    group by currency, grain, dimension, dimension_value
),

measures as (
    select
        series.currency as currency,
        series.grain as grain,
        series.dimension as dimension,
        series.dimension_value as dimension_value,
        period.period_start as period_start,
        period.is_closed as is_closed,
        series.order_counts[period.period_start] as order_count,
        series.revenues[period.period_start] as revenue_minor,
        series.refunds[period.period_start] as refunded_minor
    from series
    inner join int_period as period on period.grain = series.grain
)

select
    metric,
    toInt32(1) as metric_version,
    '' as model_id,
    toInt32(0) as model_version,
    period_start,
    grain,
    dimension,
    dimension_value,
    currency,
    multiIf(
        metric = 'refunds', refunded_minor,
        metric = 'net_revenue', revenue_minor - refunded_minor,
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
    'gross_revenue', 'refunds', 'net_revenue', 'orders', 'average_order_value'
] as metric
