-- purpose: Of the subjects who came to a stage in a period, how many reached the next stage or a later one within its window; the same for entering the very next stage, and from the first stage to the last
-- grain: one row per metric, model_id, model_version, from_stage, to_stage, variant, grain, period_start, dimension, dimension_value
-- reads: int_stage_conversion_series, report_setting
-- time: days of the report time zone, windows in days of 24 hours; a visit counts once its window is over at T; late events change the row
with
    assumeNotNull((
        select time_zone from report_setting final
    )) as report_zone,
    assumeNotNull((
        select coalesce(as_of, now64(3)) from report_setting final
    )) as as_of_instant,

metrics as (
    select
        model_id,
        model_version,
        from_stage,
        to_stage,
        window_days,
        grain,
        dimension,
        dimension_value,
        periods,
        -- metric, variant, counts, which of them is the numerator
        arrayJoin(if(
            kind = 'step',
            [
                ('stage_conversion', 'first_visit', first_visits, 2),
                ('stage_conversion', 'every_visit', every_visits, 2),
                ('stage_conversion_strict', 'first_visit', first_visits, 3),
                ('stage_conversion_strict', 'every_visit', every_visits, 3)
            ],
            [
                ('lifecycle_conversion', 'first_visit', first_visits, 2),
                ('lifecycle_conversion', 'every_visit', every_visits, 2)
            ]
        )) as shown
    from int_stage_conversion_series
    where kind in ('step', 'lifecycle')
)

select
    shown.1 as metric,
    toInt32(if(metric = 'stage_conversion', 2, 1)) as metric_version,
    model_id::String as model_id,
    toInt32(model_version) as model_version,
    to_stage as stage_id,
    from_stage::String as from_stage,
    to_stage,
    shown.2 as variant,
    toInt32(window_days) as window_days,
    period.1 as period_start,
    grain::String as grain,
    dimension::String as dimension,
    dimension_value,
    if(shown.4 = 2, counts.2, counts.3) as numerator,
    counts.1::Nullable(Int64) as denominator,
    -- Nobody exposed, no rate and no interval.
    numerator / nullIf(counts.1, 0) as value,
    counts.1 as n,
    lm_wilson_low(numerator, counts.1) as ci_low,
    lm_wilson_high(numerator, counts.1) as ci_high,
    -- The last possible entry of the period has had its whole window.
    (
        lm_window_end(period.2, report_zone, window_days) <= as_of_instant
    )::Bool as is_mature,
    counts.4 as maturing_n
from metrics
array join
    periods as period,
    shown.3 as counts
