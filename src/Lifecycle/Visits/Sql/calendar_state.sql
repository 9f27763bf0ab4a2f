-- purpose: Which days the calendar is to have, and whether it has them
-- grain: one row
-- reads: report_calendar, report_setting, campaign_cost
-- time: days of the report time zone; from the first subject or cost, but not after T, to the day of T
with
    (
        select (min(calendar_date), max(calendar_date), any(week_start))
        from report_calendar
    ) as kept,
    toDate({as_of:DateTime64(3, 'UTC')}, {time_zone:String}) as last_date,
    -- Over no rows min() would be 1970, minOrNull() is null.
    least(
        {first_seen_on:Date},
        last_date,
        ifNull((select minOrNull(cost_date) from campaign_cost), last_date)
    ) as first_date,
    (select week_start from report_setting final) as wanted_week_start
select
    first_date,
    last_date,
    assumeNotNull(wanted_week_start) as first_week_day,
    assumeNotNull(
        kept = (first_date, last_date, wanted_week_start)
    ) as is_current
