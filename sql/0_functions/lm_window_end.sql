-- When a window of so many days of 24 hours is over that begins with the first instant of a local day. Days of the time
-- zone have 23 or 25 hours when clocks change.
create or replace function lm_window_end as (first_day, time_zone, days) -> toTimeZone(toDateTime64(first_day, 3, time_zone), 'UTC')
    + toIntervalDay(days)
