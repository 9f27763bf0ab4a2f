-- purpose: Which period of each grain a local day belongs to, from the day of the first touchpoint or cost to the day of T
-- grain: one row per grain, calendar_date
-- reads: touchpoint, campaign_cost, report_setting
-- time: days of the report time zone, weeks begin on its week start; an earlier late event extends the calendar
with
    -- A scalar subquery is Nullable; the settings always have a row.
    assumeNotNull((
        select time_zone from report_setting final
    )) as time_zone,
    assumeNotNull((
        select if(week_start = 7, 0, 1) from report_setting final
    )) as week_mode,
    assumeNotNull((
        select coalesce(as_of, now64(3)) from report_setting final
    )) as as_of,
    toDate(toTimeZone(as_of, time_zone)) as last_date,
    assumeNotNull((select count() = 0 from touchpoint)) as is_without_touchpoints,
    assumeNotNull((select count() = 0 from campaign_cost)) as is_without_costs,
    -- min() over no rows is 1970, which must not start the calendar.
    least(
        if(is_without_touchpoints, last_date, assumeNotNull((
            select toDate(toTimeZone(min(occurred_at), time_zone))
            from touchpoint
        ))),
        if(is_without_costs, last_date, assumeNotNull((
            select min(cost_date) from campaign_cost
        ))),
        last_date
    ) as first_date,

days as (
    select arrayJoin(arrayMap(
        day -> first_date + day,
        range(last_date - first_date + 1)
    )) as calendar_date
),

grains as (
    select arrayJoin(['day', 'week', 'month', 'quarter', 'year']) as grain
),

periods as (
    select
        grains.grain as grain,
        days.calendar_date as calendar_date,
        multiIf(
            grain = 'day', calendar_date,
            grain = 'week', toStartOfWeek(calendar_date, week_mode),
            grain = 'month', toStartOfMonth(calendar_date),
            grain = 'quarter', toStartOfQuarter(calendar_date),
            toStartOfYear(calendar_date)
        ) as period_start,
        multiIf(
            grain = 'day', period_start + interval 1 day,
            grain = 'week', period_start + interval 7 day,
            grain = 'month', period_start + interval 1 month,
            grain = 'quarter', period_start + interval 3 month,
            period_start + interval 1 year
        ) as period_end
    from grains
    cross join days
)

select
    grain,
    calendar_date,
    period_start,
    period_end,
    toInt32(multiIf(
        grain = 'day', toRelativeDayNum(period_start),
        grain = 'week', intDiv(toRelativeDayNum(period_start), 7),
        grain = 'month', toRelativeMonthNum(period_start),
        grain = 'quarter', toRelativeQuarterNum(period_start),
        toYear(period_start)
    )) as period_no,
    period_end <= last_date as is_closed
from periods
