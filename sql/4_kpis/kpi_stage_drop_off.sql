-- purpose: Of the subjects who came to a stage in a period and had the window to go on, how many left it by lapsing
-- grain: one row per metric, model_id, model_version, stage_id, grain, period_start, dimension, dimension_value
-- reads: int_stage_conversion_series, report_setting
-- time: days of the report time zone, windows in days of 24 hours; a lapse counts from its own instant, late events change the row
with
    assumeNotNull((
        select time_zone from report_setting final
    )) as report_zone,
    assumeNotNull((
        select coalesce(as_of, now64(3)) from report_setting final
    )) as as_of_instant
select
    'stage_drop_off' as metric,
    toInt32(1) as metric_version,
    model_id::String as model_id,
    toInt32(model_version) as model_version,
    from_stage::String as stage_id,
    toInt32(window_days) as window_days,
    period.1 as period_start,
    grain::String as grain,
    dimension::String as dimension,
    dimension_value,
    counts.2 as numerator,
    counts.1::Nullable(Int64) as denominator,
    -- Nobody exposed, no rate and no interval.
    numerator / nullIf(counts.1, 0) as value,
    counts.1 as n,
    lm_wilson_low(numerator, counts.1) as ci_low,
    lm_wilson_high(numerator, counts.1) as ci_high,
    -- Who is still in the stage can still lapse from it.
    (
        counts.3 = 0
        and lm_window_end(period.2, report_zone, window_days) <= as_of_instant
    )::Bool as is_mature,
    counts.3 as open_n
from int_stage_conversion_series
array join
    periods as period,
    drop_offs as counts
where kind in ('step', 'end')
