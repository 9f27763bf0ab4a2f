-- purpose: Of the customers who placed their first order in a period, how many placed no other within 180 days; also over all time up to the end of the period
-- grain: one row per metric, grain, period_start, dimension, dimension_value
-- reads: repeat_cell, int_live_run, report_calendar, report_grain, report_setting
-- time: days of the report time zone, windows in days of 24 hours; a customer counts once its window is over at T; late orders and refunds change the row
with
    assumeNotNull((
        select time_zone from report_setting final
    )) as report_zone,
    assumeNotNull((
        select coalesce(as_of, now64(3)) from report_setting final
    )) as as_of_instant,

-- One and done is not having gone the first step of the repeat ladder.
dated_counts as (
    select
        calendar.grain as grain,
        cell.dimension as dimension,
        cell.dimension_value as dimension_value,
        calendar.period_no as period_no,
        cell.exposed_count as exposed_count,
        cell.exposed_count - cell.repeated_count as done_count,
        cell.maturing_count as maturing_count
    from repeat_cell as cell
    inner join report_calendar as calendar
        on calendar.calendar_date = cell.order_date
    where cell.variant = 'orders'
        and cell.step = 1
        and (cell.base_no, cell.refresh_no) in (
            select
                live.base_no,
                live.refresh_no
            from int_live_run as live
        )

    union all

    -- Without any order there are still the rows of all.
    select
        grain,
        'all' as dimension,
        'all' as dimension_value,
        0 as period_no,
        0 as exposed_count,
        0 as done_count,
        0 as maturing_count
    from report_grain
),

counts as (
    select
        grain,
        dimension,
        dimension_value,
        period_no,
        sum(exposed_count) as exposed_count,
        sum(done_count) as done_count,
        sum(maturing_count) as maturing_count
    from dated_counts
    group by grain, dimension, dimension_value, period_no
),

series as (
    select
        grain,
        dimension,
        dimension_value,
        groupArrayInsertAt(0)(exposed_count, period_no) as exposed_counts,
        groupArrayInsertAt(0)(done_count, period_no) as done_counts,
        groupArrayInsertAt(0)(maturing_count, period_no) as maturing_counts
    from counts
    group by grain, dimension, dimension_value
),

measures as (
    select
        series.grain as grain,
        series.dimension as dimension,
        series.dimension_value as dimension_value,
        period.1 as period_start,
        period.2 as period_end,
        arrayJoin([
            ('one_and_done_rate', exposed, done, maturing),
            (
                'one_and_done_rate_to_date',
                exposed_to_date, done_to_date, maturing_to_date
            )
        ]) as measure
    from series
    inner join report_grain as grains on grains.grain = series.grain
    array join
        grains.periods as period,
        arrayResize(series.exposed_counts, period_count) as exposed,
        arrayResize(series.done_counts, period_count) as done,
        arrayResize(series.maturing_counts, period_count) as maturing,
        arrayCumSum(arrayResize(series.exposed_counts, period_count))
            as exposed_to_date,
        arrayCumSum(arrayResize(series.done_counts, period_count))
            as done_to_date,
        arrayCumSum(arrayResize(series.maturing_counts, period_count))
            as maturing_to_date
)

select
    measure.1 as metric,
    toInt32(1) as metric_version,
    '' as model_id,
    toInt32(0) as model_version,
    period_start,
    grain::String as grain,
    dimension::String as dimension,
    dimension_value::String as dimension_value,
    measure.3 as numerator,
    measure.2::Nullable(Int64) as denominator,
    -- Nobody's first order is old enough, no rate and no interval.
    measure.3 / nullIf(measure.2, 0) as value,
    measure.2 as n,
    lm_wilson_low(measure.3, measure.2) as ci_low,
    lm_wilson_high(measure.3, measure.2) as ci_high,
    -- The last possible first order of the period has had its whole window.
    (lm_window_end(period_end, report_zone, 180) <= as_of_instant)::Bool as is_mature,
    measure.4 as maturing_n
from measures
