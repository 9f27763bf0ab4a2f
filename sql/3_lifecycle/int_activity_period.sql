-- purpose: Customers (identified subjects) active at the start of a period, those who became active or inactive in it, and those who did something in it
-- grain: one row per grain, period_start, dimension, dimension_value
-- reads: active_flow_cell, int_live_run, report_grain
-- time: days of the report time zone; all periods from the first of the calendar to that of T
with
cells as (
    select
        grain,
        dimension,
        dimension_value,
        period_start,
        toDate(0) as period_end,
        false as is_closed,
        joined_count,
        left_count,
        passing_count,
        start_count,
        stop_count,
        interrupted_count,
        new_count,
        returning_count,
        resurrected_count
    from active_flow_cell
    where (base_no, refresh_no) in (
        select
            base_no,
            refresh_no
        from int_live_run
    )

    union all

    -- Periods in which nothing happened have their zeros.
    select
        slices.grain as grain,
        slices.dimension as dimension,
        slices.dimension_value as dimension_value,
        period.1 as period_start,
        period.2 as period_end,
        period.3 as is_closed,
        0 as joined_count,
        0 as left_count,
        0 as passing_count,
        0 as start_count,
        0 as stop_count,
        0 as interrupted_count,
        0 as new_count,
        0 as returning_count,
        0 as resurrected_count
    from (
        select
            grain,
            dimension,
            dimension_value
        from active_flow_cell
        where (base_no, refresh_no) in (
            select
                base_no,
                refresh_no
            from int_live_run
        )
        group by grain, dimension, dimension_value
        -- Every customer is new once; without any the slice is a former one.
        having sum(new_count) > 0
    ) as slices
    inner join report_grain as grains on grains.grain = slices.grain
    array join grains.periods as period
),

periods as (
    select
        grain,
        dimension,
        dimension_value,
        period_start,
        max(cells.period_end) as period_end,
        max(cells.is_closed) as is_closed,
        sum(cells.joined_count) as joined_count,
        sum(cells.left_count) as left_count,
        sum(cells.passing_count) as passing_count,
        sum(cells.start_count) as start_count,
        sum(cells.stop_count) as stop_count,
        sum(cells.interrupted_count) as interrupted_count,
        sum(cells.new_count) as new_count,
        sum(cells.returning_count) as returning_count,
        sum(cells.resurrected_count) as resurrected_count,
        new_count + returning_count + resurrected_count as active_count
    from cells
    group by grain, dimension, dimension_value, period_start
    having period_end > toDate(0)
)

select
    grain,
    dimension,
    dimension_value,
    period_start,
    is_closed,
    -- Active at the start: all who joined before, without those who left.
    sum(joined_count - left_count) over until_now
        - joined_count + left_count as opening_count,
    joined_count,
    left_count,
    passing_count,
    start_count,
    stop_count,
    interrupted_count,
    new_count,
    returning_count,
    resurrected_count,
    active_count,
    -- Those of the period before who did nothing in this one.
    lagInFrame(active_count, 1, 0) over until_now
        - returning_count as dormant_count
from periods
window until_now as (
    partition by grain, dimension, dimension_value
    order by period_start
    rows between unbounded preceding and current row
)
