-- purpose: The calendar periods that every KPI has a row for, also those in which nothing happened
-- grain: one row per grain, period_start
-- reads: int_calendar
-- time: days of the report time zone; the period that holds T is the last one and is not closed
select
    grain,
    period_start,
    any(int_calendar.period_end) as period_end,
    any(int_calendar.period_no) as period_no,
    any(int_calendar.is_closed) as is_closed
from int_calendar
group by grain, period_start
