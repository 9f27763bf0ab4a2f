-- purpose: Of the customers (identified subjects) who became active in a period, how many were inactive again at its end
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
    'early_churn_rate' as metric,
    toInt32(1) as metric_version,
    '' as model_id,
    toInt32(0) as model_version,
    period_start,
    grain::String as grain,
    dimension::String as dimension,
    dimension_value,
    passing_count as numerator,
    (joined_count + passing_count)::Nullable(Int64) as denominator,
    -- Nobody joined, no rate; and no rate before the period is over.
    if(is_closed, passing_count / nullIf(denominator, 0), null) as value,
    joined_count + passing_count as n,
    if(is_closed, lm_wilson_low(passing_count, n), null) as ci_low,
    if(is_closed, lm_wilson_high(passing_count, n), null) as ci_high,
    is_closed::Bool as is_mature,
    active_days as window_days
from int_activity_period
