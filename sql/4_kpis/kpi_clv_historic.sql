-- purpose: What a customer brought on average within a time from the first order, by the period of that order; also over all time up to the end of the period
-- grain: one row per metric, horizon_days, currency, grain, period_start, dimension, dimension_value
-- reads: clv_historic_cell, int_live_run, report_calendar, report_grain, report_setting
-- time: days of the report time zone, windows in days of 24 hours; a customer counts once its window is over at T; late orders and refunds change the row
with
    assumeNotNull((
        select time_zone from report_setting final
    )) as report_zone,
    assumeNotNull((
        select coalesce(as_of, now64(3)) from report_setting final
    )) as as_of_instant,
    assumeNotNull((
        select margin_share from report_setting final
    )) as margin,

counts as (
    select
        cell.horizon_days as horizon_days,
        cell.currency as currency,
        calendar.grain as grain,
        cell.dimension as dimension,
        cell.dimension_value as dimension_value,
        calendar.period_no as period_no,
        sum(cell.customer_count) as customer_count,
        sum(cell.maturing_count) as maturing_count,
        sum(cell.revenue_minor) - sum(cell.refunded_minor) as net_minor,
        sum(cell.cost_minor) as cost_minor
    from clv_historic_cell as cell
    inner join report_calendar as calendar
        on calendar.calendar_date = cell.first_order_date
    where (cell.base_no, cell.refresh_no) in (
        select
            live.base_no,
            live.refresh_no
        from int_live_run as live
    )
    group by
        horizon_days, currency, grain, dimension, dimension_value, period_no
),

series as (
    select
        horizon_days,
        currency,
        grain,
        dimension,
        dimension_value,
        groupArrayInsertAt(0)(customer_count, period_no) as customer_counts,
        groupArrayInsertAt(0)(maturing_count, period_no) as maturing_counts,
        groupArrayInsertAt(0)(net_minor, period_no) as nets,
        groupArrayInsertAt(0)(cost_minor, period_no) as costs
    from counts
    group by horizon_days, currency, grain, dimension, dimension_value
),

measures as (
    select
        series.horizon_days as horizon_days,
        series.currency as currency,
        series.grain as grain,
        series.dimension as dimension,
        series.dimension_value as dimension_value,
        period.1 as period_start,
        period.2 as period_end,
        arrayJoin([
            ('clv_historic', customers, maturing, net, cost),
            (
                'clv_historic_to_date',
                customers_to_date, maturing_to_date, net_to_date, cost_to_date
            )
        ]) as measure
    from series
    inner join report_grain as grains on grains.grain = series.grain
    array join
        grains.periods as period,
        arrayResize(series.customer_counts, period_count) as customers,
        arrayResize(series.maturing_counts, period_count) as maturing,
        arrayResize(series.nets, period_count) as net,
        arrayResize(series.costs, period_count) as cost,
        arrayCumSum(arrayResize(series.customer_counts, period_count))
            as customers_to_date,
        arrayCumSum(arrayResize(series.maturing_counts, period_count))
            as maturing_to_date,
        arrayCumSum(arrayResize(series.nets, period_count)) as net_to_date,
        arrayCumSum(arrayResize(series.costs, period_count)) as cost_to_date
)

select
    measure.1 as metric,
    toInt32(1) as metric_version,
    '' as model_id,
    toInt32(0) as model_version,
    toInt32(horizon_days) as horizon_days,
    currency::String as currency,
    period_start,
    grain::String as grain,
    dimension::String as dimension,
    dimension_value::String as dimension_value,
    toInt64(round(measure.4 * margin)) - measure.5 as numerator,
    measure.2::Nullable(Int64) as denominator,
    -- Nobody's first order is old enough, no mean.
    numerator / nullIf(measure.2, 0) as value,
    measure.2 as n,
    null::Nullable(Float64) as ci_low,
    null::Nullable(Float64) as ci_high,
    -- The last possible first order of the period has had its whole window.
    (
        lm_window_end(period_end, report_zone, horizon_days) <= as_of_instant
    )::Bool as is_mature,
    measure.3 as maturing_n,
    measure.4 as net_revenue_minor,
    measure.5 as direct_cost_minor,
    margin as margin_share
from measures
