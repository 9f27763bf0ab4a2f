-- purpose: Contributions to customer_start_cell: months with activity, orders and refunds, each with the start it follows: the first activity, or the first after a silence longer than the window of activity
-- grain: one row per subject_id, cohort_type, cohort_start, months_since, currency, effective_at
-- reads: subject_history, report_setting, lifecycle_stage
-- time: days of the report time zone; refunds count in the month of their order from when they are made
with
    coalesce(
        nullIf((select time_zone from report_setting final), ''),
        'UTC'
    ) as report_zone,
    assumeNotNull((
        select toInt32(min(lapse_after_days))
        from lifecycle_stage
        where is_default_model and phase != 'lapsed'
    )) as active_days,

histories as (
    select
        subject_id,
        channel,
        campaign,
        persona,
        country,
        source,
        active_dates,
        active_dates[1] as first_date,
        arrayPopBack(arrayPushFront(active_dates, toDate(0))) as dates_before,
        arrayFilter(
            (day, before) -> day - before > active_days,
            active_dates,
            dates_before
        ) as start_dates,
        -- The start each day of activity follows.
        arrayFill(
            (start, day, before) -> day - before > active_days,
            active_dates,
            active_dates,
            dates_before
        ) as starts,
        arrayMap(
            (start, day) -> (
                start, day,
                toDateTime64(toDateTime(day, report_zone), 3, 'UTC'),
                '', 1, 0
            ),
            starts,
            active_dates
        ) as activities,
        arrayMap(
            at -> toDate(at, report_zone), orders.ordered_at
        ) as order_dates,
        arrayMap(
            day -> arrayLast(start -> start <= day, start_dates), order_dates
        ) as order_starts,
        arrayMap(
            (start, day, at, currency, revenue) ->
                (start, day, at, currency::String, 0, revenue),
            order_starts,
            order_dates,
            orders.ordered_at,
            orders.currency,
            orders.revenue_minor
        ) as sales,
        arrayFlatten(arrayMap(
            (start, day, currency, ats, amounts) -> arrayMap(
                (at, amount) -> (start, day, at, currency::String, 0, -amount),
                ats,
                amounts
            ),
            order_starts,
            order_dates,
            orders.currency,
            orders.refunded_at,
            orders.refund_minor
        )) as refunds,
        arrayConcat(
            -- Of the days of a month after one start the first counts.
            arrayFilter(
                (activity, start, before) -> activity.2 = start
                    or toStartOfMonth(activity.2) != toStartOfMonth(before),
                activities,
                starts,
                dates_before
            ),
            sales,
            refunds
        ) as all_deeds
    from subject_history final
    where startsWith(subject_id, 'u:') and notEmpty(active_dates)
),

deeds as (
    select
        subject_id,
        channel,
        campaign,
        persona,
        country,
        source,
        first_date,
        deed.1 as start_date,
        deed.2 as deed_date,
        deed.3 as effective_at,
        deed.4 as currency,
        deed.5 as active_count,
        deed.6 as net_revenue_minor
    from histories
    array join all_deeds as deed
)

select
    subject_id,
    effective_at,
    if(start_date = first_date, 'new', 'reactivated') as cohort_type,
    toStartOfMonth(start_date) as cohort_start,
    toInt32(dateDiff('month', start_date, deed_date)) as months_since,
    currency,
    channel::String as channel,
    campaign::String as campaign,
    persona::String as persona,
    country::String as country,
    source::String as source,
    toInt64(active_count) as active_count,
    toInt64(net_revenue_minor) as net_revenue_minor
from deeds
-- A refund without its order may be older than any activity.
where start_date >= first_date
