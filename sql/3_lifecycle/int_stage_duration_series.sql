-- purpose: How long the visits that began in each period of a grain lasted, or have lasted if they are open, in order, also where nobody came
-- grain: one row per model_id, model_version, stage_id, grain, dimension, dimension_value
-- reads: stage_flow_cell, stage_duration_cell, int_live_run, lifecycle_stage, report_calendar, report_grain, report_setting
-- time: whole days of the report time zone; an open visit has lasted from the day it began to the day of T
with
    assumeNotNull((
        select time_zone from report_setting final
    )) as report_zone,
    assumeNotNull((
        select coalesce(as_of, now64(3)) from report_setting final
    )) as as_of_instant,
    toDate(toTimeZone(as_of_instant, report_zone)) as as_of_date,

-- What began and is not completed is open.
visits as (
    select
        model_id,
        model_version,
        stage_id,
        moved_date as entered_date,
        toUInt32(0) as duration_days,
        dimension,
        dimension_value,
        entered_count,
        toInt64(0) as completed_count
    from stage_flow_cell
    where entered_count != 0
        and (base_no, refresh_no) in (
            select
                base_no,
                refresh_no
            from int_live_run
        )

    union all

    select
        model_id,
        model_version,
        stage_id,
        entered_date,
        duration_days,
        dimension,
        dimension_value,
        toInt64(0) as entered_count,
        completed_count
    from stage_duration_cell
    where (base_no, refresh_no) in (
        select
            base_no,
            refresh_no
        from int_live_run
    )
),

-- One row for each visit as completed, and one for each as open.
lengths as (
    select
        visits.model_id as model_id,
        visits.model_version as model_version,
        visits.stage_id as stage_id,
        calendar.grain as grain,
        visits.dimension as dimension,
        visits.dimension_value as dimension_value,
        calendar.period_no as period_no,
        arrayJoin([
            (visits.duration_days, visits.completed_count, toInt64(0)),
            (
                toUInt32(as_of_date - visits.entered_date),
                toInt64(0),
                visits.entered_count - visits.completed_count
            )
        ]) as length
    from visits
    inner join report_calendar as calendar
        on calendar.calendar_date = visits.entered_date

    union all

    -- A stage that nobody ever entered still has its rows.
    select
        lifecycle_stage.model_id as model_id,
        lifecycle_stage.model_version as model_version,
        lifecycle_stage.stage_id as stage_id,
        grains.grain as grain,
        'all' as dimension,
        'all' as dimension_value,
        0 as period_no,
        (toUInt32(0), toInt64(0), toInt64(0)) as length
    from lifecycle_stage
    cross join (
        select arrayJoin(['day', 'week', 'month', 'quarter', 'year']) as grain
    ) as grains
),

sums as (
    select
        model_id,
        model_version,
        stage_id,
        grain,
        dimension,
        dimension_value,
        period_no,
        length.1 as days,
        sum(length.2) as ended_count,
        sum(length.3) as open_count
    from lengths
    group by
        model_id, model_version, stage_id, grain, dimension, dimension_value,
        period_no, days
),

cohorts as (
    select
        model_id,
        model_version,
        stage_id,
        grain,
        dimension,
        dimension_value,
        period_no,
        arraySort(groupArrayIf(
            (days, ended_count, open_count),
            ended_count != 0 or open_count != 0
        )) as visits
    from sums
    group by
        model_id, model_version, stage_id, grain, dimension, dimension_value,
        period_no
),

series as (
    select
        model_id,
        model_version,
        stage_id,
        grain,
        dimension,
        dimension_value,
        groupArrayInsertAt(visits, period_no) as visits_of_periods
    from cohorts
    group by
        model_id, model_version, stage_id, grain, dimension, dimension_value
)

select
    series.model_id as model_id,
    series.model_version as model_version,
    series.stage_id as stage_id,
    series.grain as grain,
    series.dimension as dimension,
    series.dimension_value as dimension_value,
    grains.periods as periods,
    -- By length: 1 days, 2 how many ended then, 3 how many are open at it
    arrayResize(series.visits_of_periods, period_count) as visits_of_periods
from series
inner join report_grain as grains on grains.grain = series.grain
inner join lifecycle_stage as stages
    on stages.model_id = series.model_id
    and stages.model_version = series.model_version
    and stages.stage_id = series.stage_id
