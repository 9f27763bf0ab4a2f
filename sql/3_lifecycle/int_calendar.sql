-- purpose: Which period of each grain a local day belongs to, from the day the first subject was seen or the first cost to the day of T
-- grain: one row per grain, calendar_date
-- reads: report_calendar
-- time: days of the report time zone, weeks begin on its week start; T is that of the refresh, which extends the calendar to an earlier late event
select
    grain::String as grain,
    calendar_date,
    period_start,
    period_end,
    period_no,
    is_closed
from report_calendar
where calendar_no = (select max(calendar_no) from report_calendar)
