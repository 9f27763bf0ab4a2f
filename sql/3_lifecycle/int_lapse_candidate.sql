-- purpose: Windows of silence that kpi_lapse_window compares: usual ones and the one in use, the shortest lapse_after of the default model
-- grain: one row per window_days
-- reads: lifecycle_stage
-- time: no time zone; does not depend on events
with
    (
        select toInt32(min(lapse_after_days))
        from lifecycle_stage
        where is_default_model and phase != 'lapsed'
    ) as active_days
select
    arrayJoin(arrayDistinct(arrayFilter(
        days -> days > 0,
        [30, 45, 60, 90, 120, 180, 270, 365, ifNull(active_days, 0)]
    )))::Int32 as window_days,
    ifNull(window_days = active_days, false) as is_in_use
