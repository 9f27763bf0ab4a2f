-- purpose: Of the customers (identified subjects) of a cohort, how many were active again k periods later: in that very period (on), in that or any later one (on_or_after), or of all active in the cohort's period rather than first active in it (recurring)
-- grain: one row per metric, variant, grain, cohort_start, period_index, dimension, dimension_value
-- reads: int_retention_triangle
-- time: days of the report time zone; periods that are not over have no value; a late event may move a subject to an earlier cohort
select
    'retention_cohort' as metric,
    toInt32(1) as metric_version,
    '' as model_id,
    toInt32(0) as model_version,
    variant,
    cohort_start,
    period_index,
    period_start,
    grain::String as grain,
    dimension::String as dimension,
    dimension_value,
    cohort_size,
    retained_count as numerator,
    cohort_size::Nullable(Int64) as denominator,
    -- Those who come back later in an open period are still missing.
    if(is_closed, retained_count / nullIf(cohort_size, 0), null) as value,
    cohort_size as n,
    if(is_closed, lm_wilson_low(retained_count, cohort_size), null) as ci_low,
    if(is_closed, lm_wilson_high(retained_count, cohort_size), null)
        as ci_high,
    is_censored::Bool as is_censored,
    (is_closed and not is_censored)::Bool as is_mature
from int_retention_triangle
