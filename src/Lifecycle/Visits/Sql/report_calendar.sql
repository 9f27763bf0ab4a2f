-- purpose: Which period of each grain a local day belongs to, from the first day to the last
-- grain: one row per grain, calendar_date
-- reads: nothing
-- time: days of the report time zone
select
    grain,
    calendar_date,
    period_start,
    lm_next_period(period_start, grain) as period_end,
    dense_rank() over (partition by grain order by period_start) - 1,
    period_end <= {last_date:Date},
    {week_start:UInt8}
from (
    select
        arrayJoin(['day', 'week', 'month', 'quarter', 'year']) as grain,
        arrayJoin(arrayMap(
            day -> {first_date:Date} + day,
            range({last_date:Date} - {first_date:Date} + 1)
        )) as calendar_date,
        lm_period_start(calendar_date, grain, {week_start:UInt8})
            as period_start
)
