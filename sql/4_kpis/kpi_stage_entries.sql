-- purpose: How many subjects entered a stage of a lifecycle model in a period
-- grain: one row per metric, model_id, model_version, stage_id, grain, period_start, dimension, dimension_value
-- reads: int_stage, int_stage_visit, int_subject_slice, int_calendar, int_period, report_setting
-- time: days of the report time zone; a late event changes the period in which it happened
with
    assumeNotNull((
        select time_zone from report_setting final
    )) as time_zone,

entries as (
    select
        model_id,
        model_version,
        stage_id,
        subject_id,
        toDate(toTimeZone(entered_at, time_zone)) as entered_date
    from int_stage_visit
),

entered as (
    select
        entries.model_id as model_id,
        entries.model_version as model_version,
        entries.stage_id as stage_id,
        calendar.grain as grain,
        slices.dimension as dimension,
        slices.dimension_value as dimension_value,
        calendar.period_start as period_start,
        uniqExact(entries.subject_id) as subject_count,
        count() as visit_count
    from entries
    inner join int_subject_slice as slices
        on slices.subject_id = entries.subject_id
    inner join int_calendar as calendar
        on calendar.calendar_date = entries.entered_date
    group by
        model_id, model_version, stage_id,
        grain, dimension, dimension_value, period_start

    union all

    -- A stage that nobody ever entered still has its zeros.
    select
        model_id,
        model_version,
        stage_id,
        grain,
        'all' as dimension,
        'all' as dimension_value,
        min(period_start) as period_start,
        0 as subject_count,
        0 as visit_count
    from int_stage
    cross join int_period
    group by model_id, model_version, stage_id, grain
),

series as (
    select
        model_id,
        model_version,
        stage_id,
        grain,
        dimension,
        dimension_value,
        sumMap(
            map(period_start, toInt64(subject_count))
        ) as subject_counts,
        sumMap(
            map(period_start, toInt64(visit_count))
        ) as visit_counts
    from entered
    group by
        model_id, model_version, stage_id, grain, dimension, dimension_value
)

select
    'stage_entries' as metric,
    toInt32(1) as metric_version,
    series.model_id as model_id,
    toInt32(series.model_version) as model_version,
    series.stage_id as stage_id,
    period.period_start as period_start,
    series.grain as grain,
    series.dimension as dimension,
    series.dimension_value as dimension_value,
    series.subject_counts[period.period_start] as numerator,
    null::Nullable(Int64) as denominator,
    numerator::Nullable(Float64) as value,
    numerator as n,
    null::Nullable(Float64) as ci_low,
    null::Nullable(Float64) as ci_high,
    period.is_closed::Bool as is_mature,
    series.visit_counts[period.period_start] as visit_count
from series
inner join int_period as period on period.grain = series.grain
