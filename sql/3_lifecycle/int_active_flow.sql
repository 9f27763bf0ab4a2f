-- purpose: Contributions to active_flow_cell: in which periods a customer (identified subject) did something, and in which it became active or inactive
-- grain: one row per subject_id, grain, period_start, effective_at, start_count, stop_count
-- reads: subject_history, report_setting, lifecycle_stage
-- time: days of the report time zone; active = did something in the shortest lapse_after of the default model before
with
    coalesce(
        nullIf((select time_zone from report_setting final), ''),
        'UTC'
    ) as report_zone,
    assumeNotNull((
        select week_start from report_setting final
    )) as first_weekday,
    assumeNotNull((
        select toInt32(min(lapse_after_days))
        from lifecycle_stage
        where is_default_model and phase != 'lapsed'
    )) as active_days,

histories as (
    select
        subject_id,
        channel::String as channel,
        campaign::String as campaign,
        persona::String as persona,
        country::String as country,
        source::String as source,
        active_dates,
        -- A spell begins where nothing happened active_days before, and ends
        -- where nothing happens active_days after; so they alternate.
        arrayFlatten(arrayMap(
            (first, last) -> [first, last + active_days],
            arrayFilter(
                (day, before) -> day - before > active_days,
                active_dates,
                arrayPopBack(arrayPushFront(active_dates, toDate(0)))
            ),
            arrayFilter(
                (day, after) -> after - day > active_days,
                active_dates,
                arrayPopFront(arrayPushBack(active_dates, toDate(65535)))
            )
        )) as turn_dates
    from subject_history final
    where startsWith(subject_id, 'u:') and notEmpty(active_dates)
),

grains as (
    select
        subject_id,
        channel,
        campaign,
        persona,
        country,
        source,
        arrayJoin(['day', 'week', 'month', 'quarter', 'year']) as grain,
        arrayMap(
            day -> lm_period_start(day, grain, first_weekday), active_dates
        ) as activity_periods,
        -- The first day of activity in each period.
        arrayFilter(
            (day, period, before) -> period != before,
            active_dates,
            activity_periods,
            arrayPopBack(arrayPushFront(activity_periods, toDate(0)))
        ) as first_dates,
        arrayCompact(activity_periods) as periods,
        arrayMap(
            day -> lm_period_start(day, grain, first_weekday), turn_dates
        ) as turn_periods,
        arrayMap(
            (day, period, before, i) -> (
                period, day, 0, 0,
                multiIf(
                    i = 1, 'new',
                    lm_next_period(before, grain) = period, 'returning',
                    'resurrected'
                )
            ),
            first_dates,
            periods,
            arrayPopBack(arrayPushFront(periods, toDate(0))),
            arrayEnumerate(periods)
        ) as activities,
        -- Odd turns begin a spell. One that ends is over when its last day is.
        arrayMap(
            (day, period, i) -> (
                period, if(i % 2 = 1, day, day + 1),
                i, indexOf(turn_periods, period), ''
            ),
            turn_dates,
            turn_periods,
            arrayEnumerate(turn_dates)
        ) as turns,
        arrayConcat(activities, turns) as all_flows
    from histories
),

flows as (
    select
        subject_id,
        channel,
        campaign,
        persona,
        country,
        source,
        grain,
        flow.1 as period_start,
        flow.2 as effective_date,
        flow.5 as activity,
        -- 1 = became active, -1 = became inactive, 0 = an activity.
        multiIf(flow.3 = 0, 0, flow.3 % 2 = 1, 1, -1) as step,
        flow.3 = flow.4 as is_first_turn,
        -- The first turn in the period tells what was at its start.
        flow.3 > 0 and flow.4 % 2 = 0 as was_active
    from grains
    array join all_flows as flow
)

select
    subject_id,
    toDateTime64(toDateTime(effective_date, report_zone), 3, 'UTC')
        as effective_at,
    grain,
    period_start,
    channel,
    campaign,
    persona,
    country,
    source,
    toInt64(if(was_active, 0, step)) as joined_count,
    toInt64(if(was_active, -step, 0)) as left_count,
    -- Who begins and stops is passing, who then begins again has joined.
    toInt64(if(was_active or is_first_turn, 0, -step)) as passing_count,
    toInt64(step = 1) as start_count,
    toInt64(step = -1) as stop_count,
    toInt64(was_active and is_first_turn) as interrupted_count,
    toInt64(activity = 'new') as new_count,
    toInt64(activity = 'returning') as returning_count,
    toInt64(activity = 'resurrected') as resurrected_count
from flows
