-- purpose: How many customers with an order in the last 365 days are in which segment of recency, frequency and monetary value, and what they brought; at T
-- grain: one row per metric, segment, currency, grain, period_start, dimension, dimension_value
-- reads: rfm_cell, int_rfm_bound, int_live_run, report_setting
-- time: the period that holds T, in days of the report time zone; windows of 365 days of 24 hours; late orders and refunds may change the scores of all
with
    assumeNotNull((
        select time_zone from report_setting final
    )) as report_zone,
    assumeNotNull((
        select toDate(toTimeZone(coalesce(as_of, now64(3)), report_zone))
        from report_setting final
    )) as today,
    assumeNotNull((
        select week_start from report_setting final
    )) as first_weekday,
    assumeNotNull((
        select (
            recency_bounds, frequency_bounds, currencies,
            arrayMap(b -> b.1, monetary_bounds),
            arrayMap(b -> b.2, monetary_bounds),
            arrayMap(b -> b.3, monetary_bounds),
            arrayMap(b -> b.4, monetary_bounds)
        )
        from int_rfm_bound
    )) as bounds,

-- Few combinations of scores, then segments.
scores as (
    select
        cell.dimension as dimension,
        cell.dimension_value as dimension_value,
        cell.currency as currency,
        lm_rfm_score(toInt64(cell.last_order_date), bounds.1) as r,
        lm_rfm_score(toInt64(cell.order_count), bounds.2) as f,
        lm_rfm_score(cell.net_revenue_minor, (
            transform(cell.currency, bounds.3, bounds.4, toInt64(0)),
            transform(cell.currency, bounds.3, bounds.5, toInt64(0)),
            transform(cell.currency, bounds.3, bounds.6, toInt64(0)),
            transform(cell.currency, bounds.3, bounds.7, toInt64(0))
        )) as m,
        sum(cell.customer_count) as customer_count,
        sum(cell.customer_count * cell.net_revenue_minor) as net_revenue_minor
    from rfm_cell as cell
    where (cell.base_no, cell.refresh_no) in (
        select
            live.base_no,
            live.refresh_no
        from int_live_run as live
    )
    group by dimension, dimension_value, currency, r, f, m

    union all

    -- Without any order there are still the rows of all.
    select
        'all' as dimension,
        'all' as dimension_value,
        currency,
        0 as r,
        0 as f,
        0 as m,
        0 as customer_count,
        0 as net_revenue_minor
    from report_setting final
),

segments as (
    select
        dimension,
        dimension_value,
        currency,
        lm_rfm_segment(r, f, m) as segment,
        sum(customer_count) as customer_count,
        sum(net_revenue_minor) as net_revenue_minor
    from scores
    group by dimension, dimension_value, currency, segment
),

slices as (
    select
        dimension,
        dimension_value,
        currency,
        groupArray(segment) as names,
        groupArray((customer_count, net_revenue_minor)) as sums,
        sum(customer_count) as total_count,
        sum(net_revenue_minor) as total_minor
    from segments
    group by dimension, dimension_value, currency
),

measures as (
    select
        dimension,
        dimension_value,
        currency,
        total_count,
        arrayJoin(['day', 'week', 'month', 'quarter', 'year']) as grain,
        arrayJoin([
            'vip', 'loyal', 'recent', 'cooling', 'at-risk', 'hibernating'
        ]) as segment,
        -- A segment that is not in the list has index 0, whose value is 0.
        sums[indexOf(names, segment)] as own,
        arrayJoin([
            ('rfm_customer_share', own.1, total_count),
            ('rfm_revenue_share', own.2, total_minor)
        ]) as measure
    from slices
)

select
    measure.1 as metric,
    toInt32(1) as metric_version,
    '' as model_id,
    toInt32(0) as model_version,
    segment,
    currency::String as currency,
    lm_period_start(today, grain, first_weekday) as period_start,
    grain::String as grain,
    dimension::String as dimension,
    dimension_value::String as dimension_value,
    measure.2 as numerator,
    measure.3::Nullable(Int64) as denominator,
    -- Nobody ordered or nothing was left of it, no share.
    measure.2 / nullIf(measure.3, 0) as value,
    total_count as n,
    if(
        metric = 'rfm_customer_share',
        lm_wilson_low(measure.2, measure.3),
        null
    ) as ci_low,
    if(
        metric = 'rfm_customer_share',
        lm_wilson_high(measure.2, measure.3),
        null
    ) as ci_high,
    false as is_mature
from measures
