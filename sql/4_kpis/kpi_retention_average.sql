-- purpose: Retention k periods after the cohort's, over all cohorts that are old enough to tell, weighted by their size
-- grain: one row per metric, variant, grain, period_index, dimension, dimension_value
-- reads: int_retention_triangle
-- time: days of the report time zone; only periods that are over; a late event may move a subject to an earlier cohort
select
    'retention_average' as metric,
    toInt32(1) as metric_version,
    '' as model_id,
    toInt32(0) as model_version,
    variant,
    period_index,
    -- The newest cohort in the average.
    max(cohort_start) as period_start,
    triangle.grain::String as grain,
    triangle.dimension::String as dimension,
    dimension_value,
    toInt64(count()) as cohort_count,
    sum(retained_count) as numerator,
    sum(cohort_size)::Nullable(Int64) as denominator,
    -- Ratios of cohorts are not averaged: a small one would count like a big.
    numerator / nullIf(denominator, 0) as value,
    assumeNotNull(denominator) as n,
    lm_wilson_low(numerator, n) as ci_low,
    lm_wilson_high(numerator, n) as ci_high,
    true::Bool as is_mature
from int_retention_triangle as triangle
-- Young cohorts have not had the time to come back.
where is_closed and not is_censored
group by
    variant, period_index, triangle.grain, triangle.dimension, dimension_value
