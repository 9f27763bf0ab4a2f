-- purpose: Moves from stage to stage in each period of a grain, in order, also where nothing happened
-- grain: one row per model_id, model_version, from_stage, to_stage, direction, grain, dimension, dimension_value
-- reads: stage_move_cell, int_live_run, lifecycle_stage, lifecycle_transition, report_calendar, report_grain
-- time: days of the report time zone; the last period is that of T
with
moves as (
    select
        cell.model_id as model_id,
        cell.model_version as model_version,
        cell.from_stage as from_stage,
        cell.to_stage as to_stage,
        cell.direction as direction,
        calendar.grain as grain,
        cell.dimension as dimension,
        cell.dimension_value as dimension_value,
        calendar.period_no as period_no,
        cell.move_count as move_count
    from stage_move_cell as cell
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

    -- Steps nobody ever took, and the way in, still have their zeros.
    select
        lifecycle_transition.model_id as model_id,
        lifecycle_transition.model_version as model_version,
        if(kind = 'step', lifecycle_transition.from_stage, '') as from_stage,
        if(kind = 'step', to_stage, lifecycle_transition.from_stage) as to_stage,
        if(kind = 'step', 'forward', 'first') as direction,
        grains.grain as grain,
        'all' as dimension,
        'all' as dimension_value,
        0 as period_no,
        0 as move_count
    from lifecycle_transition
    cross join (
        select arrayJoin(['day', 'week', 'month', 'quarter', 'year']) as grain
    ) as grains
    where lifecycle_transition.kind in ('step', 'lifecycle')
),

sums as (
    select
        model_id,
        model_version,
        from_stage,
        to_stage,
        direction,
        grain,
        dimension,
        dimension_value,
        period_no,
        sum(move_count) as move_count
    from moves
    group by
        model_id, model_version, from_stage, to_stage, direction, grain,
        dimension, dimension_value, period_no
),

series as (
    select
        model_id,
        model_version,
        from_stage,
        to_stage,
        direction,
        grain,
        dimension,
        dimension_value,
        groupArrayInsertAt(0)(move_count, period_no) as move_counts
    from sums
    group by
        model_id, model_version, from_stage, to_stage, direction, grain,
        dimension, dimension_value
)

select
    series.model_id as model_id,
    series.model_version as model_version,
    series.from_stage as from_stage,
    series.to_stage as to_stage,
    series.direction as direction,
    series.grain as grain,
    series.dimension as dimension,
    series.dimension_value as dimension_value,
    grains.periods as periods,
    arrayResize(series.move_counts, period_count) as move_counts
from series
inner join report_grain as grains on grains.grain = series.grain
