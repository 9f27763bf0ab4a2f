-- purpose: The stage KPIs that the model files give a target for, period by period against that target, with status ok, watch or off
-- grain: one row per metric, model_id, model_version, stage_id, from_stage, watched_metric, grain, period_start, dimension, dimension_value
-- reads: int_target, kpi_stage_entries, kpi_stage_stock, kpi_stage_conversion, kpi_stage_drop_off, kpi_stage_throughput, kpi_stage_movement, kpi_time_in_stage, report_setting
-- time: days of the report time zone; a period is judged once it is over, late events change the row
with
    assumeNotNull((
        select time_zone from report_setting final
    )) as report_zone,
    assumeNotNull((
        select coalesce(as_of, now64(3)) from report_setting final
    )) as as_of_instant,
    toDate(toTimeZone(as_of_instant, report_zone)) as as_of_date,
    -- Known before the views are read, so that those nobody watches are not, and
    -- of the others no more than these models and grains.
    (
        select
            (
                groupUniqArray(metric), groupUniqArray(model_id),
                groupUniqArray(grain)
            )
        from int_target
    ) as targets,
    targets.1 as watched_metrics,
    targets.2 as watched_models,
    targets.3 as watched_grains,

-- What can be watched in a stage: of all subjects, by the period of the target.
-- Where several stages lead into one, from each of them by itself.
watched as (
    select
        metric, model_id, model_version, stage_id, '' as from_stage, grain,
        period_start, numerator, denominator, value, n, ci_low, ci_high,
        is_mature
    from kpi_stage_entries
    where has(watched_metrics, 'stage_entries')
        and dimension = 'all'
        and has(watched_models, model_id)
        and has(watched_grains, grain)

    union all

    select
        metric, model_id, model_version, stage_id, '' as from_stage, grain,
        period_start, numerator, denominator, value, n, ci_low, ci_high,
        is_mature
    from kpi_stage_stock
    where has(watched_metrics, 'stage_stock')
        and dimension = 'all'
        and has(watched_models, model_id)
        and has(watched_grains, grain)

    union all

    select
        metric, model_id, model_version, stage_id, from_stage, grain,
        period_start, numerator, denominator, value, n, ci_low, ci_high,
        is_mature
    from kpi_stage_conversion
    where hasAny(watched_metrics, [
            'stage_conversion', 'stage_conversion_strict', 'lifecycle_conversion'
        ])
        and dimension = 'all'
        and variant = 'first_visit'
        and has(watched_models, model_id)
        and has(watched_grains, grain)

    union all

    select
        metric, model_id, model_version, stage_id, '' as from_stage, grain,
        period_start, numerator, denominator, value, n, ci_low, ci_high,
        is_mature
    from kpi_stage_drop_off
    where has(watched_metrics, 'stage_drop_off')
        and dimension = 'all'
        and has(watched_models, model_id)
        and has(watched_grains, grain)

    union all

    select
        metric, model_id, model_version, stage_id, from_stage, grain,
        period_start, numerator, denominator, value, n, ci_low, ci_high,
        is_mature
    from kpi_stage_throughput
    where has(watched_metrics, 'stage_throughput')
        and dimension = 'all'
        and direction = 'forward'
        and has(watched_models, model_id)
        and has(watched_grains, grain)

    union all

    select
        metric, model_id, model_version, stage_id, '' as from_stage, grain,
        period_start, numerator, denominator, value, n, ci_low, ci_high,
        is_mature
    from kpi_stage_movement
    where hasAny(watched_metrics, [
            'regressions', 'regression_rate', 're_entries', 're_entry_rate',
            'skips', 'skip_rate'
        ])
        and dimension = 'all'
        and has(watched_models, model_id)
        and has(watched_grains, grain)

    union all

    select
        metric, model_id, model_version, stage_id, '' as from_stage, grain,
        period_start, numerator, denominator, value, n, ci_low, ci_high,
        is_mature
    from kpi_time_in_stage
    where has(watched_metrics, 'time_in_stage')
        and dimension = 'all'
        and variant = 'median'
        and has(watched_models, model_id)
        and has(watched_grains, grain)
),

judged as (
    select
        watched.metric as watched_metric,
        watched.model_id as model_id,
        watched.model_version as model_version,
        watched.stage_id as stage_id,
        watched.from_stage as from_stage,
        watched.grain as grain,
        watched.period_start as period_start,
        watched.numerator as numerator,
        watched.denominator as denominator,
        watched.value as actual,
        watched.n as n,
        watched.ci_low as ci_low,
        watched.ci_high as ci_high,
        watched.is_mature as is_mature,
        goals.target as target,
        goals.owner as owner,
        -- Less is better of these; of all others more is.
        watched_metric in (
            'stage_drop_off', 'time_in_stage', 'regressions', 'regression_rate'
        ) as is_less_better,
        -- How far it falls short, as a share of the target.
        if(is_less_better, actual - target, target - actual)
            / nullIf(abs(target), 0) as shortfall
    from watched
    inner join int_target as goals
        on goals.model_id = watched.model_id
        and goals.model_version = watched.model_version
        and goals.stage_id = watched.stage_id
        and goals.metric = watched.metric
        and goals.grain = watched.grain
)

select
    'target_gap' as metric,
    toInt32(1) as metric_version,
    model_id,
    model_version,
    stage_id,
    from_stage,
    watched_metric,
    period_start,
    grain,
    'all' as dimension,
    'all' as dimension_value,
    numerator,
    denominator,
    -- Relative to the target; a target of 0 has no such measure.
    (actual - target) / nullIf(abs(target), 0) as value,
    n,
    ci_low,
    ci_high,
    is_mature,
    actual,
    target,
    -- With an allowance for tenths that are no exact binary numbers.
    multiIf(
        isNull(actual) or isNull(target)
        or lm_next_period(period_start, grain) > as_of_date,
        null,
        target = 0, if(actual = 0 or not is_less_better, 'ok', 'off'),
        shortfall > 0.1 + 1e-9, 'off',
        -- Who has not lapsed yet still can, so only too many is certain.
        watched_metric = 'stage_drop_off' and not is_mature, null,
        shortfall > 1e-9, 'watch',
        'ok'
    )::Nullable(String) as status,
    owner
from judged
