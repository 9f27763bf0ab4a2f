-- purpose: What customers paid, what was paid back, how often they ordered and how much per order, by the date of the order
-- grain: one row per metric, currency, grain, period_start, dimension, dimension_value
-- reads: int_order, int_subject, int_calendar, int_grain, report_setting
-- time: days of the report time zone; a refund, however late, counts in the period of the order it pays back
with
    assumeNotNull((
        select time_zone from report_setting final
    )) as report_zone,

orders as (
    select
        int_order.currency as currency,
        toDate(toTimeZone(int_order.ordered_at, report_zone)) as ordered_date,
        int_order.is_order as is_order,
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

amounts as (
    select
        orders.currency as currency,
        calendar.grain as grain,
        orders.dimension as dimension,
        orders.dimension_value as dimension_value,
        calendar.period_no as period_no,
        -- A refund whose order is unknown is no order.
        toInt64(countIf(orders.is_order)) as order_count,
        sum(orders.revenue_minor) as revenue_minor,
        sum(orders.refunded_minor) as refunded_minor
    from orders
    inner join int_calendar as calendar
        on calendar.calendar_date = orders.ordered_date
    group by currency, grain, dimension, dimension_value, period_no
),

series as (
    select
        currency,
        grain,
        dimension,
        dimension_value,
        groupArrayInsertAt(0)(order_count, period_no) as order_counts,
        groupArrayInsertAt(0)(revenue_minor, period_no) as revenues,
        groupArrayInsertAt(0)(refunded_minor, period_no) as refunds
    from amounts
    group by currency, grain, dimension, dimension_value
),

measures as (
    select
        series.currency as currency,
        series.grain as grain,
        series.dimension as dimension,
        series.dimension_value as dimension_value,
        period.1 as period_start,
        period.3 as is_closed,
        order_count,
        revenue_minor,
        refunded_minor
    from series
    inner join int_grain as grains on grains.grain = series.grain
    array join
        grains.periods as period,
        arrayResize(series.order_counts, period_count) as order_count,
        arrayResize(series.revenues, period_count) as revenue_minor,
        arrayResize(series.refunds, period_count) as refunded_minor
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
