-- purpose: Contributions to retention_cohort_cell: each period in which a customer (identified subject) was active, in its cohorts
-- grain: one row per subject_id, grain, cohort_start, period_index, effective_at
-- reads: subject_history, report_setting
-- time: days of the report time zone; a late event may move a customer to an earlier cohort
with
    coalesce(
        nullIf((select time_zone from report_setting final), ''),
        'UTC'
    ) as report_zone,
    assumeNotNull((
        select week_start from report_setting final
    )) as first_weekday,

histories as (
    select
        subject_id,
        channel::String as channel,
        campaign::String as campaign,
        persona::String as persona,
        country::String as country,
        source::String as source,
        arrayJoin(['day', 'week', 'month', 'quarter', 'year']) as grain,
        -- A triangle of days is cut after 30 periods, one of weeks after 52.
        multiIf(grain = 'day', 30, grain = 'week', 52, 10000) as last_index,
        arrayMap(
            day -> lm_period_start(day, grain, first_weekday), active_dates
        ) as activity_periods,
        arrayFilter(
            (day, period, before) -> period != before,
            active_dates,
            activity_periods,
            arrayPopBack(arrayPushFront(activity_periods, toDate(0)))
        ) as first_dates,
        arrayCompact(activity_periods) as periods,
        arrayMap(
            period -> multiIf(
                grain = 'day', toInt32(period),
                grain = 'week', intDiv(toInt32(period), 7),
                grain = 'month', toInt32(toRelativeMonthNum(period)),
                grain = 'quarter', toInt32(toRelativeQuarterNum(period)),
                toInt32(toYear(period))
            ),
            periods
        ) as period_nos,
        arrayPopBack(arrayPushFront(period_nos, period_nos[1]))
            as previous_nos,
        -- Cohorts of everybody active are kept from weeks on.
        if(grain = 'day', [], periods) as recurring_periods,
        if(grain = 'day', [], period_nos) as recurring_nos
    from subject_history final
    where startsWith(subject_id, 'u:') and notEmpty(active_dates)
),

activities as (
    select
        subject_id,
        channel,
        campaign,
        persona,
        country,
        source,
        grain,
        last_index,
        active_date,
        period_no - period_nos[1] as active_index,
        previous_no - period_nos[1] as previous_index,
        arrayConcat(
            -- What lies beyond the end of the triangle is at its end.
            [(
                periods[1], least(active_index, last_index),
                active_index <= last_index, 1, 0
            )],
            arrayFilter(
                earlier -> active_index > 0,
                [(periods[1], least(previous_index, last_index), 0, -1, 0)]
            ),
            arrayFilter(
                cohort -> cohort.2 between 0 and last_index,
                arrayMap(
                    (cohort_period, cohort_no) ->
                        (cohort_period, period_no - cohort_no, 0, 0, 1),
                    recurring_periods,
                    recurring_nos
                )
            )
        ) as cohorts
    from histories
    array join
        first_dates as active_date,
        period_nos as period_no,
        previous_nos as previous_no
),

memberships as (
    select
        subject_id,
        channel,
        campaign,
        persona,
        country,
        source,
        grain,
        active_date,
        cohort.1 as cohort_start,
        cohort.2 as period_index,
        cohort.3 as first_time_count,
        cohort.4 as latest_count,
        cohort.5 as recurring_count
    from activities
    array join cohorts as cohort
)

select
    subject_id,
    toDateTime64(toDateTime(active_date, report_zone), 3, 'UTC')
        as effective_at,
    grain,
    cohort_start,
    toInt32(period_index) as period_index,
    channel,
    campaign,
    persona,
    country,
    source,
    toInt64(first_time_count) as first_time_count,
    toInt64(latest_count) as latest_count,
    toInt64(recurring_count) as recurring_count
from memberships
