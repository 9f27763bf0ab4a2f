-- purpose: Of the customers (identified subjects) active at the start of a period, how many were not, and how many were, active at its end
-- grain: one row per metric, grain, period_start, dimension, dimension_value
-- reads: int_activity_period, lifecycle_stage
-- time: days of the report time zone; periods that are not over have no value; a late event extends the activity it belongs to
with
    assumeNotNull((
        select toInt32(min(lapse_after_days))
        from lifecycle_stage
        where is_default_model and phase != 'lapsed'
    )) as active_days
select
    metric,
    toInt32(1) as metric_version,
    '' as model_id,
    toInt32(0) as model_version,
    period_start,
    grain::String as grain,
    dimension::String as dimension,
    dimension_value,
    if(metric = 'churn_rate', left_count, opening_count - left_count)
        as numerator,
    opening_count::Nullable(Int64) as denominator,
    -- Nobody active, no rate; and no rate before the period is over.
    if(is_closed, numerator / nullIf(opening_count, 0), null) as value,
    opening_count as n,
    if(is_closed, lm_wilson_low(numerator, opening_count), null) as ci_low,
    if(is_closed, lm_wilson_high(numerator, opening_count), null) as ci_high,
    is_closed::Bool as is_mature,
    active_days as window_days
from int_activity_period
array join ['churn_rate', 'retention_rate'] as metric
