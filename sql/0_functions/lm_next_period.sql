-- First day of the period after the one that begins on period_start.
create or replace function lm_next_period as (period_start, grain) -> multiIf(
    grain = 'day', period_start + toIntervalDay(1),
    grain = 'week', period_start + toIntervalDay(7),
    grain = 'month', period_start + toIntervalMonth(1),
    grain = 'quarter', period_start + toIntervalMonth(3),
    period_start + toIntervalYear(1)
)
