-- purpose: How many subjects entered a stage of a lifecycle model in a period
-- grain: one row per metric, model_id, model_version, stage_id, grain, period_start, dimension, dimension_value
-- reads: int_stage, int_stage_visit, int_subject_slice, int_calendar, int_grain, report_setting
-- time: days of the report time zone; a late event changes the period in which it happened
with
    assumeNotNull((
        select time_zone from report_setting final
    )) as report_zone,

entries as (
    select
        model_id,
        model_version,
        stage_id,
        subject_id,
        toDate(toTimeZone(entered_at, report_zone)) as entered_date
    from int_stage_visit
),

sliced_entries as (
    select
        entries.model_id as model_id,
        entries.model_version as model_version,
        entries.stage_id as stage_id,
        calendar.grain as grain,
        slices.dimension as dimension,
        slices.dimension_value as dimension_value,
        calendar.period_no as period_no,
        entries.subject_id as subject_id,
        true as is_entry
    from entries
    inner join int_subject_slice as slices
        on slices.subject_id = entries.subject_id
    inner join int_calendar as calendar
        on calendar.calendar_date = entries.entered_date

    union all

    -- A stage that nobody ever entered still has its zeros.
    select
        int_stage.model_id as model_id,
        int_stage.model_version as model_version,
        int_stage.stage_id as stage_id,
        grains.grain as grain,
        'all' as dimension,
        'all' as dimension_value,
        0 as period_no,
        '' as subject_id,
        false as is_entry
    from int_stage
    cross join (
        select arrayJoin(['day', 'week', 'month', 'quarter', 'year']) as grain
    ) as grains
),

entered as (
    select
        model_id,
        model_version,
        stage_id,
        grain,
        dimension,
        dimension_value,
        period_no,
        toInt64(uniqExactIf(subject_id, is_entry)) as subject_count,
        toInt64(countIf(is_entry)) as visit_count
    from sliced_entries
    group by
        model_id, model_version, stage_id,
        grain, dimension, dimension_value, period_no
),

series as (
    select
        model_id,
        model_version,
        stage_id,
        grain,
        dimension,
        dimension_value,
        groupArrayInsertAt(0)(subject_count, period_no) as subject_counts,
        groupArrayInsertAt(0)(visit_count, period_no) as visit_counts
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
    period.1 as period_start,
    series.grain as grain,
    series.dimension as dimension,
    series.dimension_value as dimension_value,
    subject_count as numerator,
    null::Nullable(Int64) as denominator,
    subject_count::Nullable(Float64) as value,
    subject_count as n,
    null::Nullable(Float64) as ci_low,
    null::Nullable(Float64) as ci_high,
    period.3::Bool as is_mature,
    visit_count
from series
inner join int_grain as grains on grains.grain = series.grain
array join
    grains.periods as period,
    arrayResize(series.subject_counts, period_count) as subject_count,
    arrayResize(series.visit_counts, period_count) as visit_count
