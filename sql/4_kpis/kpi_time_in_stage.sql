-- purpose: How many days the visits to a stage that began in a period last: the median by Kaplan and Meier with open visits censored, and beside it p50 and p90 of completed visits only
-- grain: one row per metric, model_id, model_version, stage_id, variant, grain, period_start, dimension, dimension_value
-- reads: int_stage_duration_series
-- time: whole days of the report time zone, open visits last until the day of T; late events change the row
with
cohorts as (
    select
        model_id,
        model_version,
        stage_id,
        grain,
        dimension,
        dimension_value,
        period.1 as period_start,
        period.3 as is_closed,
        arrayMap(length -> length.1, visits) as durations,
        arrayMap(length -> length.2, visits) as ended_counts,
        arrayMap(length -> length.3, visits) as open_counts,
        arraySum(ended_counts) as completed_count,
        arraySum(open_counts) as open_count
    from int_stage_duration_series
    array join
        periods as period,
        visits_of_periods as visits
)

select
    'time_in_stage' as metric,
    toInt32(1) as metric_version,
    model_id::String as model_id,
    toInt32(model_version) as model_version,
    stage_id::String as stage_id,
    shown.1 as variant,
    period_start,
    grain::String as grain,
    dimension::String as dimension,
    dimension_value,
    completed_count as numerator,
    (completed_count + open_count)::Nullable(Int64) as denominator,
    shown.2::Nullable(Float64) as value,
    completed_count + open_count as n,
    null::Nullable(Float64) as ci_low,
    null::Nullable(Float64) as ci_high,
    -- Once every visit has ended there is nothing to wait for.
    (is_closed and open_count = 0)::Bool as is_mature,
    completed_count,
    open_count
from cohorts
array join [
    (
        'median', lm_survival_median(durations, ended_counts, open_counts)
    ),
    (
        'completed_p50', lm_count_quantile(durations, ended_counts, 0.5)
    ),
    (
        'completed_p90', lm_count_quantile(durations, ended_counts, 0.9)
    )
]::Array(Tuple(String, Nullable(UInt32))) as shown
