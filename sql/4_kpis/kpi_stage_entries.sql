-- purpose: How many subjects entered a stage of a lifecycle model in a period
-- grain: one row per metric, model_id, model_version, stage_id, grain, period_start, dimension, dimension_value
-- reads: int_stage_flow_series
-- time: days of the report time zone; a late event changes the period in which it happened
select
    'stage_entries' as metric,
    toInt32(1) as metric_version,
    model_id::String as model_id,
    toInt32(model_version) as model_version,
    stage_id::String as stage_id,
    period.1 as period_start,
    grain::String as grain,
    dimension::String as dimension,
    dimension_value,
    subject_count as numerator,
    null::Nullable(Int64) as denominator,
    subject_count::Nullable(Float64) as value,
    subject_count as n,
    null::Nullable(Float64) as ci_low,
    null::Nullable(Float64) as ci_high,
    period.3::Bool as is_mature,
    visit_count
from int_stage_flow_series
array join
    periods as period,
    subject_counts as subject_count,
    entered_counts as visit_count
