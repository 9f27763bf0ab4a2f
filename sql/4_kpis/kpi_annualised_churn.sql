-- purpose: The share of customers (identified subjects) that would be gone after twelve months, each with the churn of this one
-- grain: one row per metric, grain, period_start, dimension, dimension_value
-- reads: int_activity_period, lifecycle_stage
-- time: months of the report time zone; a month that is not over has no value; a late event extends the activity it belongs to
with
    assumeNotNull((
        select toInt32(min(lapse_after_days))
        from lifecycle_stage
        where is_default_model and phase != 'lapsed'
    )) as active_days
select
    'annualised_churn_rate' as metric,
    toInt32(1) as metric_version,
    '' as model_id,
    toInt32(0) as model_version,
    period_start,
    grain::String as grain,
    dimension::String as dimension,
    dimension_value,
    left_count as numerator,
    opening_count::Nullable(Int64) as denominator,
    left_count / nullIf(opening_count, 0) as monthly_rate,
    -- Nobody active, no rate; and no rate before the month is over.
    if(is_closed, 1 - pow(1 - monthly_rate, 12), null) as value,
    opening_count as n,
    -- The formula never falls, so the ends of the interval stay its ends.
    if(
        is_closed,
        1 - pow(1 - lm_wilson_low(left_count, opening_count), 12),
        null
    ) as ci_low,
    if(
        is_closed,
        1 - pow(1 - lm_wilson_high(left_count, opening_count), 12),
        null
    ) as ci_high,
    is_closed::Bool as is_mature,
    active_days as window_days
from int_activity_period
where grain = 'month'
