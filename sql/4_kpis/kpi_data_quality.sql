-- purpose: How good what is sent is: refused, repeated, late and undated events, machines and tests among them, missing fields, and how long events are on their way
-- grain: one row per metric, grain, period_start, dimension, dimension_value
-- reads: ingest_outcome, received_count, report_calendar, report_grain, report_setting
-- time: days of receipt in the report time zone; a late event counts on the day it came, so only sends of that day change its row; what came after the quarter of an hour of T is not known yet
with
    assumeNotNull((
        select time_zone from report_setting final
    )) as report_zone,
    assumeNotNull((
        select coalesce(as_of, now64(3)) from report_setting final
    )) as as_of_instant,

-- The highest count of a run is the latest; a count written twice is one.
outcomes as (
    select
        toDate(toTimeZone(received_minute, report_zone)) as received_date,
        key_id::String as key_id,
        source::String as source,
        outcome,
        reason::String as reason,
        event_count
    from ingest_outcome final
    where received_minute <= as_of_instant
),

sent as (
    select
        received_date,
        slice.1 as dimension,
        slice.2 as dimension_value,
        toInt64(sumIf(event_count, outcome = 'rejected')) as rejected_count,
        toInt64(sumIf(event_count, outcome = 'duplicate')) as duplicate_count,
        toInt64(sum(event_count)) as sent_count
    from outcomes
    array join [('all', 'all'), ('source', source), ('key', key_id)] as slice
    group by received_date, dimension, dimension_value
),

refused as (
    select
        received_date,
        reason as dimension_value,
        toInt64(sum(event_count)) as rejected_count
    from outcomes
    where outcome = 'rejected'
    group by received_date, dimension_value
),

sent_days as (
    select
        received_date,
        sent_count
    from sent
    where dimension = 'all'
),

-- Quarters of an hour are put together into days of the report time zone.
events as (
    select
        toDate(toTimeZone(received_quarter, report_zone)) as received_date,
        source::String as source,
        key_id::String as key_id,
        sum(event_count) as event_count,
        sum(bot_count) as bot_count,
        sum(internal_count) as internal_count,
        sum(test_count) as test_count,
        sum(late_count) as late_count,
        sum(undated_count) as undated_count,
        sum(lag_ms) as lag_ms,
        sum(order_count) as order_count,
        sum(refund_count) as refund_count,
        sum(no_user_count) as no_user_count,
        sum(no_country_count) as no_country_count,
        sum(no_order_id_count) as no_order_id_count,
        sum(no_revenue_count) as no_revenue_count
    from received_count
    where received_quarter <= as_of_instant
    group by received_date, source, key_id
),

counts as (
    select
        received_date,
        dimension,
        dimension_value,
        part.1 as metric,
        part.2 as numerator,
        sent_count as denominator
    from sent
    array join [
        ('rejected_share', rejected_count),
        ('duplicate_share', duplicate_count)
    ] as part
    union all
    -- Of a reason the share of all that was sent that day.
    select
        sent_days.received_date,
        'reason' as dimension,
        reasons.dimension_value,
        'rejected_share' as metric,
        ifNull(refused.rejected_count, 0) as numerator,
        sent_days.sent_count as denominator
    from sent_days
    cross join (
        select distinct dimension_value from refused
    ) as reasons
    left join refused
        on refused.received_date = sent_days.received_date
        and refused.dimension_value = reasons.dimension_value
    union all
    select
        received_date,
        part.1 as dimension,
        if(part.2 = '', '(none)', part.2) as dimension_value,
        part.3 as metric,
        part.4 as numerator,
        part.5 as denominator
    from (
        select
            received_date,
            arrayJoin(arrayConcat(
                arrayFlatten(arrayMap(
                    slice -> arrayMap(
                        share -> (
                            slice.1, slice.2, share.1, share.2, event_count
                        ),
                        [
                            ('bot_share', bot_count),
                            ('internal_share', internal_count),
                            ('test_share', test_count),
                            ('late_share', late_count),
                            ('undated_share', undated_count),
                            ('ingest_lag_ms', lag_ms)
                        ]
                    ),
                    [('all', 'all'), ('source', source), ('key', key_id)]
                )),
                -- Of the events that are expected to have the field.
                arrayMap(
                    field -> (
                        'field',
                        field.1,
                        'missing_field_share',
                        field.2,
                        field.3
                    ),
                    arrayFilter(field -> field.3 > 0, [
                        ('user_id', no_user_count, event_count),
                        ('country', no_country_count, event_count),
                        (
                            'order_id',
                            no_order_id_count,
                            order_count + refund_count
                        ),
                        ('revenue', no_revenue_count, order_count)
                    ])
                )
            )) as part
        from events
    )
),

amounts as (
    select
        counts.metric as metric,
        calendar.grain as grain,
        counts.dimension as dimension,
        counts.dimension_value as dimension_value,
        calendar.period_no as period_no,
        sum(counts.numerator) as numerator,
        sum(counts.denominator) as denominator
    from counts
    inner join report_calendar as calendar
        on calendar.calendar_date = counts.received_date
    group by metric, grain, dimension, dimension_value, period_no
),

series as (
    select
        metric,
        grain,
        dimension,
        dimension_value,
        groupArrayInsertAt(0)(numerator, period_no) as numerators,
        groupArrayInsertAt(0)(denominator, period_no) as denominators
    from amounts
    group by metric, grain, dimension, dimension_value
)

select
    series.metric as metric,
    -- Version 1 of the others counted the events as they lay in touchpoint.
    toInt32(if(
        series.metric in ('rejected_share', 'duplicate_share'), 1, 2
    )) as metric_version,
    '' as model_id,
    toInt32(0) as model_version,
    period.1 as period_start,
    series.grain as grain,
    series.dimension as dimension,
    series.dimension_value as dimension_value,
    part as numerator,
    whole::Nullable(Int64) as denominator,
    -- Nothing was sent, nothing is known of it.
    (part / nullIf(whole, 0))::Nullable(Float64) as value,
    whole as n,
    -- The mean time on the way is no share of anything.
    if(series.metric = 'ingest_lag_ms', null, lm_wilson_low(part, whole))
        ::Nullable(Float64) as ci_low,
    if(series.metric = 'ingest_lag_ms', null, lm_wilson_high(part, whole))
        ::Nullable(Float64) as ci_high,
    period.3::Bool as is_mature
from series
inner join report_grain as grains on grains.grain = series.grain
array join
    grains.periods as period,
    arrayResize(series.numerators, period_count) as part,
    arrayResize(series.denominators, period_count) as whole
