-- purpose: What came of the visits that began in each period of a grain, by transition, in order, also where nobody came
-- grain: one row per model_id, model_version, kind, from_stage, grain, dimension, dimension_value
-- reads: stage_conversion_cell, int_live_run, lifecycle_transition, report_calendar, report_grain
-- time: days of the report time zone; the last period is that of T
with
visits as (
    select
        cell.model_id as model_id,
        cell.model_version as model_version,
        cell.kind as kind,
        cell.from_stage as from_stage,
        calendar.grain as grain,
        cell.dimension as dimension,
        cell.dimension_value as dimension_value,
        calendar.period_no as period_no,
        cell.first_exposed_count as first_exposed_count,
        cell.first_converted_count as first_converted_count,
        cell.first_strict_count as first_strict_count,
        cell.first_maturing_count as first_maturing_count,
        cell.visit_exposed_count as visit_exposed_count,
        cell.visit_converted_count as visit_converted_count,
        cell.visit_strict_count as visit_strict_count,
        cell.visit_maturing_count as visit_maturing_count,
        cell.dropped_count as dropped_count,
        cell.open_count as open_count
    from stage_conversion_cell as cell
    inner join report_calendar as calendar
        on calendar.calendar_date = cell.entered_date
    where (cell.base_no, cell.refresh_no) in (
            select
                base_no,
                refresh_no
            from int_live_run
        )

    union all

    -- A transition that nobody ever started still has its zeros.
    select
        lifecycle_transition.model_id as model_id,
        lifecycle_transition.model_version as model_version,
        lifecycle_transition.kind as kind,
        lifecycle_transition.from_stage as from_stage,
        grains.grain as grain,
        'all' as dimension,
        'all' as dimension_value,
        0 as period_no,
        0 as first_exposed_count,
        0 as first_converted_count,
        0 as first_strict_count,
        0 as first_maturing_count,
        0 as visit_exposed_count,
        0 as visit_converted_count,
        0 as visit_strict_count,
        0 as visit_maturing_count,
        0 as dropped_count,
        0 as open_count
    from lifecycle_transition
    cross join (
        select arrayJoin(['day', 'week', 'month', 'quarter', 'year']) as grain
    ) as grains
),

sums as (
    select
        model_id,
        model_version,
        kind,
        from_stage,
        grain,
        dimension,
        dimension_value,
        period_no,
        sum(first_exposed_count) as first_exposed_count,
        sum(first_converted_count) as first_converted_count,
        sum(first_strict_count) as first_strict_count,
        sum(first_maturing_count) as first_maturing_count,
        sum(visit_exposed_count) as visit_exposed_count,
        sum(visit_converted_count) as visit_converted_count,
        sum(visit_strict_count) as visit_strict_count,
        sum(visit_maturing_count) as visit_maturing_count,
        sum(dropped_count) as dropped_count,
        sum(open_count) as open_count
    from visits
    group by
        model_id, model_version, kind, from_stage, grain, dimension,
        dimension_value, period_no
),

series as (
    select
        model_id,
        model_version,
        kind,
        from_stage,
        grain,
        dimension,
        dimension_value,
        groupArrayInsertAt(
            (
                first_exposed_count, first_converted_count,
                first_strict_count, first_maturing_count
            ),
            period_no
        ) as first_visits,
        groupArrayInsertAt(
            (
                visit_exposed_count, visit_converted_count,
                visit_strict_count, visit_maturing_count
            ),
            period_no
        ) as every_visits,
        groupArrayInsertAt(
            (first_exposed_count, dropped_count, open_count), period_no
        ) as drop_offs
    from sums
    group by
        model_id, model_version, kind, from_stage, grain, dimension,
        dimension_value
)

select
    series.model_id as model_id,
    series.model_version as model_version,
    series.kind as kind,
    series.from_stage as from_stage,
    transition.to_stage as to_stage,
    transition.window_days as window_days,
    series.grain as grain,
    series.dimension as dimension,
    series.dimension_value as dimension_value,
    grains.periods as periods,
    -- 1 exposed, 2 converted, 3 to the very next stage, 4 maturing
    arrayResize(series.first_visits, period_count) as first_visits,
    arrayResize(series.every_visits, period_count) as every_visits,
    -- 1 exposed, 2 dropped, 3 open
    arrayResize(series.drop_offs, period_count) as drop_offs
from series
inner join lifecycle_transition as transition
    on transition.model_id = series.model_id
    and transition.model_version = series.model_version
    and transition.kind = series.kind
    and transition.from_stage = series.from_stage
inner join report_grain as grains on grains.grain = series.grain
