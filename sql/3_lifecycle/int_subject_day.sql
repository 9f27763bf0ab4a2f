-- purpose: Days on which a subject did something itself (a touchpoint that was not merely received)
-- grain: one row per subject_id, active_date
-- reads: subject_history, report_setting
-- time: days of the report time zone up to the day of T; a late event adds its day
with
    -- While the view is created the subquery is empty, and a zone must be named.
    coalesce(
        nullIf((select time_zone from report_setting final), ''),
        'UTC'
    ) as report_time_zone,
    (
        select toDate(coalesce(as_of, now64(3)), report_time_zone)
        from report_setting final
    ) as as_of_date
select
    subject_id,
    active_date
from subject_history final
array join active_dates as active_date
where active_date <= as_of_date
