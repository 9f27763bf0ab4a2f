-- purpose: The churn of a period as this server, ChartMogul and Stripe define it, side by side, with the reason for the difference
-- grain: one row per metric, definition, grain, period_start, dimension, dimension_value
-- reads: int_activity_period, lifecycle_stage
-- time: days of the report time zone; periods that are not over have no value; a late event extends the activity it belongs to
with
    assumeNotNull((
        select toInt32(min(lapse_after_days))
        from lifecycle_stage
        where is_default_model and phase != 'lapsed'
    )) as active_days
select
    'churn_rate_compared' as metric,
    toInt32(1) as metric_version,
    '' as model_id,
    toInt32(0) as model_version,
    definition,
    period_start,
    grain::String as grain,
    dimension::String as dimension,
    dimension_value,
    multiIf(
        definition = 'lifecycle_metrics', left_count,
        definition = 'chartmogul', interrupted_count,
        stop_count
    ) as numerator,
    if(definition = 'stripe', opening_count + start_count, opening_count)
        ::Nullable(Int64) as denominator,
    -- Nobody active, no rate; and no rate before the period is over.
    if(is_closed, numerator / nullIf(denominator, 0), null) as value,
    assumeNotNull(denominator) as n,
    if(is_closed, lm_wilson_low(numerator, n), null) as ci_low,
    if(is_closed, lm_wilson_high(numerator, n), null) as ci_high,
    is_closed::Bool as is_mature,
    value - if(is_closed, left_count / nullIf(opening_count, 0), null)
        as difference,
    multiIf(
        definition = 'lifecycle_metrics',
        'Active at the start of the period and not at its end, of all active at its start. Who stops and is back before the end has not churned; who joins and stops in between is early churn.',
        definition = 'chartmogul',
        'Counts who was active at the start and stopped in the period even if back before its end; leaves out who joined and stopped in the period. Same denominator.',
        'Counts every stop, also of those who joined in the period and a second one after a return; divides by those active at the start plus everybody who started in the period.'
    ) as reason,
    active_days as window_days
from int_activity_period
array join ['lifecycle_metrics', 'chartmogul', 'stripe'] as definition
