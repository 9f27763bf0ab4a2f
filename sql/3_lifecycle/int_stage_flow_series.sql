-- purpose: Entries into each stage and exits from it in every period of a grain, in order, also where nothing happened
-- grain: one row per model_id, model_version, stage_id, grain, dimension, dimension_value
-- reads: stage_flow_cell, int_live_run, lifecycle_stage, report_calendar, report_grain
-- time: days of the report time zone; the last period is that of T
with
moves as (
    select
        cell.model_id as model_id,
        cell.model_version as model_version,
        cell.stage_id as stage_id,
        calendar.grain as grain,
        cell.dimension as dimension,
        cell.dimension_value as dimension_value,
        calendar.period_no as period_no,
        -- The days of a period add up to its subjects.
        multiIf(
            calendar.grain = 'day', cell.first_of_day_count,
            calendar.grain = 'week', cell.first_of_week_count,
            calendar.grain = 'month', cell.first_of_month_count,
            calendar.grain = 'quarter', cell.first_of_quarter_count,
            cell.first_of_year_count
        ) as subject_count,
        cell.entered_count as entered_count,
        cell.exited_count as exited_count
    from stage_flow_cell as cell
    inner join report_calendar as calendar
        on calendar.calendar_date = cell.moved_date
    where (cell.base_no, cell.refresh_no) in (
            select
                base_no,
                refresh_no
            from int_live_run
        )
        and (cell.model_id, cell.model_version) in (
            select
                model_id,
                model_version
            from lifecycle_stage
        )

    union all

    -- A stage that nobody ever entered still has its zeros.
    select
        lifecycle_stage.model_id as model_id,
        lifecycle_stage.model_version as model_version,
        lifecycle_stage.stage_id as stage_id,
        grains.grain as grain,
        'all' as dimension,
        'all' as dimension_value,
        0 as period_no,
        0 as subject_count,
        0 as entered_count,
        0 as exited_count
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
        sum(subject_count) as subject_count,
        sum(entered_count) as entered_count,
        sum(exited_count) as exited_count
    from moves
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
        groupArrayInsertAt(0)(subject_count, period_no) as subject_counts,
        groupArrayInsertAt(0)(entered_count, period_no) as entered_counts,
        groupArrayInsertAt(0)(exited_count, period_no) as exited_counts
    from sums
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
    arrayResize(series.subject_counts, period_count) as subject_counts,
    arrayResize(series.entered_counts, period_count) as entered_counts,
    arrayResize(series.exited_counts, period_count) as exited_counts
from series
inner join report_grain as grains on grains.grain = series.grain
