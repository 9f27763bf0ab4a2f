-- First day of the period of a grain (day, week, month, quarter, year) that a local day lies in; week_start is that of
-- report_setting: 1 = weeks begin on Monday, 7 = on Sunday.
create or replace function lm_period_start as (day, grain, week_start) -> multiIf(
    grain = 'day', day,
    grain = 'week', if(week_start = 7, toStartOfWeek(day, 0), toStartOfWeek(day, 1)),
    grain = 'month', toStartOfMonth(day),
    grain = 'quarter', toStartOfQuarter(day),
    toStartOfYear(day)
)
