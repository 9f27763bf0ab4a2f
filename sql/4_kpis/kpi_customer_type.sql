-- purpose: How many customers (identified subjects) are of which type at the end of a period, and the moves that led there
-- grain: one row per metric, customer_type, grain, period_start, dimension, dimension_value
-- reads: customer_type_cell, int_live_run, report_calendar, report_grain
-- time: days of the report time zone, the period that holds T is taken at T; late orders, refunds and activity change all stocks after them
with
dated_moves as (
    select
        cell.customer_type as customer_type,
        calendar.grain as grain,
        cell.dimension as dimension,
        cell.dimension_value as dimension_value,
        calendar.period_no as period_no,
        cell.entered_count as entered_count,
        cell.exited_count as exited_count
    from customer_type_cell as cell
    inner join report_calendar as calendar
        on calendar.calendar_date = cell.moved_date
    where (cell.base_no, cell.refresh_no) in (
        select
            live.base_no,
            live.refresh_no
        from int_live_run as live
    )

    union all

    -- A type that nobody ever was still has its zeros.
    select
        arrayJoin([
            'registered', 'first-time', 'repeat',
            'frequent', 'reactivated', 'lapsed'
        ]) as customer_type,
        grain,
        'all' as dimension,
        'all' as dimension_value,
        0 as period_no,
        0 as entered_count,
        0 as exited_count
    from report_grain
),

flows as (
    select
        customer_type,
        grain,
        dimension,
        dimension_value,
        period_no,
        sum(entered_count) as entered_count,
        sum(exited_count) as exited_count
    from dated_moves
    group by customer_type, grain, dimension, dimension_value, period_no
),

series as (
    select
        customer_type,
        grain,
        dimension,
        dimension_value,
        groupArrayInsertAt(0)(entered_count, period_no) as entered_counts,
        groupArrayInsertAt(0)(exited_count, period_no) as exited_counts
    from flows
    group by customer_type, grain, dimension, dimension_value
),

stocks as (
    select
        series.customer_type as customer_type,
        series.grain as grain,
        series.dimension as dimension,
        series.dimension_value as dimension_value,
        period.1 as period_start,
        period.3 as is_closed,
        entered_count,
        exited_count,
        stock
    from series
    inner join report_grain as grains on grains.grain = series.grain
    array join
        grains.periods as period,
        arrayResize(series.entered_counts, period_count) as entered_count,
        arrayResize(series.exited_counts, period_count) as exited_count,
        -- stock(b) = stock(a) + in - out, from the first period on.
        arrayCumSum(
            (entered, exited) -> entered - exited,
            arrayResize(series.entered_counts, period_count),
            arrayResize(series.exited_counts, period_count)
        ) as stock
)

select
    'customer_type_stock' as metric,
    toInt32(1) as metric_version,
    '' as model_id,
    toInt32(0) as model_version,
    customer_type::String as customer_type,
    period_start,
    grain::String as grain,
    dimension::String as dimension,
    dimension_value::String as dimension_value,
    stock as numerator,
    null::Nullable(Int64) as denominator,
    stock::Nullable(Float64) as value,
    stock as n,
    null::Nullable(Float64) as ci_low,
    null::Nullable(Float64) as ci_high,
    is_closed::Bool as is_mature,
    stock - entered_count + exited_count as opening_count,
    entered_count,
    exited_count
from stocks
