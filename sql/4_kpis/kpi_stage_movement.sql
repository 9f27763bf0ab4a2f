-- purpose: How many visits to a stage that began in a period came by going back, by returning after a lapse or by skipping stages, and which share of all that began
-- grain: one row per metric, model_id, model_version, stage_id, grain, period_start, dimension, dimension_value
-- reads: int_stage_move_series
-- time: days of the report time zone; a late event changes the period in which it happened
with
entries as (
    select
        model_id,
        model_version,
        to_stage,
        grain,
        dimension,
        dimension_value,
        any(periods) as periods,
        sumForEach(move_counts) as entered_counts,
        arrayResize(
            sumForEachIf(move_counts, direction = 'back'), length(periods)
        ) as back_counts,
        arrayResize(
            sumForEachIf(move_counts, direction = 're-enter'), length(periods)
        ) as return_counts,
        arrayResize(
            sumForEachIf(move_counts, direction = 'skip'), length(periods)
        ) as skip_counts
    from int_stage_move_series
    where to_stage != 'lapsed'
    group by
        model_id, model_version, to_stage, grain, dimension, dimension_value
),

metrics as (
    select
        model_id,
        model_version,
        to_stage,
        grain,
        dimension,
        dimension_value,
        periods,
        entered_counts,
        -- metric, is it a rate, how many
        arrayJoin([
            ('regressions', false, back_counts),
            ('regression_rate', true, back_counts),
            ('re_entries', false, return_counts),
            ('re_entry_rate', true, return_counts),
            ('skips', false, skip_counts),
            ('skip_rate', true, skip_counts)
        ]) as shown
    from entries
)

select
    shown.1 as metric,
    toInt32(1) as metric_version,
    model_id::String as model_id,
    toInt32(model_version) as model_version,
    to_stage::String as stage_id,
    period.1 as period_start,
    grain::String as grain,
    dimension::String as dimension,
    dimension_value,
    visit_count as numerator,
    if(shown.2, entered_count, null)::Nullable(Int64) as denominator,
    -- Nobody came, no rate and no interval.
    if(shown.2, visit_count / nullIf(entered_count, 0), visit_count)
        ::Nullable(Float64) as value,
    entered_count as n,
    if(shown.2, lm_wilson_low(visit_count, entered_count), null) as ci_low,
    if(shown.2, lm_wilson_high(visit_count, entered_count), null) as ci_high,
    period.3::Bool as is_mature
from metrics
array join
    periods as period,
    entered_counts as entered_count,
    shown.3 as visit_count
