-- purpose: How many subjects are in a stage of a lifecycle model at the end of a period, and the flow that led there
-- grain: one row per metric, model_id, model_version, stage_id, grain, period_start, dimension, dimension_value
-- reads: int_stage_flow_series
-- time: days of the report time zone, the period that holds T is taken at T; a late event changes all stocks after it
select
    'stage_stock' as metric,
    toInt32(1) as metric_version,
    model_id::String as model_id,
    toInt32(model_version) as model_version,
    stage_id::String as stage_id,
    period.1 as period_start,
    grain::String as grain,
    dimension::String as dimension,
    dimension_value,
    stock as numerator,
    null::Nullable(Int64) as denominator,
    stock::Nullable(Float64) as value,
    stock as n,
    null::Nullable(Float64) as ci_low,
    null::Nullable(Float64) as ci_high,
    period.3::Bool as is_mature,
    stock - entered_count + exited_count as opening_count,
    entered_count,
    exited_count
from int_stage_flow_series
array join
    periods as period,
    entered_counts as entered_count,
    exited_counts as exited_count,
    -- stock(b) = stock(a) + in - out, from the first period on.
    arrayCumSum(
        (entered, exited) -> entered - exited, entered_counts, exited_counts
    ) as stock
