-- purpose: The periods of each grain in order, for rows also in periods in which nothing happened
-- grain: one row per grain
-- reads: report_calendar_next
-- time: days of the report time zone; the period that holds T is the last one and is not closed
select
    grain,
    arraySort(groupUniqArray(
        (period_start, period_end, is_closed)
    )) as periods,
    length(periods) as period_count
from report_calendar_next
group by grain
