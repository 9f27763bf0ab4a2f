-- purpose: Which period of each grain a local day belongs to, from the day the first subject was seen or the first cost to the day of T
-- grain: one row per grain, calendar_date
-- reads: refresh_run, campaign_cost, report_setting
-- time: days of the report time zone, weeks begin on its week start; an earlier late event extends the calendar
with
    assumeNotNull((
        select time_zone from report_setting final
    )) as report_zone,

settings as (
    select
        toDate(toTimeZone(coalesce(as_of, now64(3)), report_zone))
            as last_date,
        week_start = 7 as is_sunday_first
    from report_setting final
),

-- Over no rows min() would be 1970, minOrNull() is null.
runs as (
    select minOrNull(first_date) as first_date
    from refresh_run
    where status = 'finished'
        and base_no = (
            select argMaxIf(base_no, refresh_no, status = 'finished')
            from refresh_run
        )
),

costs as (
    select minOrNull(cost_date) as first_date
    from campaign_cost
),

bounds as (
    select
        least(
            coalesce(runs.first_date, settings.last_date),
            coalesce(costs.first_date, settings.last_date),
            settings.last_date
        ) as first_date,
        settings.last_date as last_date,
        settings.is_sunday_first as is_sunday_first
    from settings
    cross join runs
    cross join costs
),

days as (
    select
        grain,
        calendar_date,
        last_date,
        multiIf(
            grain = 'day', calendar_date,
            grain = 'week' and is_sunday_first, toStartOfWeek(calendar_date, 0),
            grain = 'week', toStartOfWeek(calendar_date, 1),
            grain = 'month', toStartOfMonth(calendar_date),
            grain = 'quarter', toStartOfQuarter(calendar_date),
            toStartOfYear(calendar_date)
        ) as period_start
    from (
        select
            arrayJoin(['day', 'week', 'month', 'quarter', 'year']) as grain,
            first_date,
            last_date,
            is_sunday_first
        from bounds
    )
    array join arrayMap(
        day -> first_date + day, range(last_date - first_date + 1)
    ) as calendar_date
)

select
    grain,
    calendar_date,
    period_start,
    multiIf(
        grain = 'day', period_start + interval 1 day,
        grain = 'week', period_start + interval 7 day,
        grain = 'month', period_start + interval 1 month,
        grain = 'quarter', period_start + interval 3 month,
        period_start + interval 1 year
    ) as period_end,
    -- 0 for the first period of the calendar.
    toUInt32(
        dense_rank() over (partition by grain order by period_start) - 1
    ) as period_no,
    period_end <= last_date as is_closed
from days
