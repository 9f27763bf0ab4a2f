-- purpose: Laps that began in each period of a grain, and the net revenue of their first 90, 180 and 365 days by currency, in order, also where none began
-- grain: one row per model_id, model_version, currency, grain, dimension, dimension_value
-- reads: lap_cell, int_live_run, lifecycle_stage, report_calendar, report_grain, report_setting
-- time: days of the report time zone; a lap counts for a window once it is older in whole days at T
with
    assumeNotNull((
        select time_zone from report_setting final
    )) as report_zone,
    assumeNotNull((
        select coalesce(as_of, now64(3)) from report_setting final
    )) as as_of_instant,
    toDate(toTimeZone(as_of_instant, report_zone)) as as_of_date,
    [1, 2, 3] as laps,
    [90, 180, 365] as windows,

cells as (
    select
        model_id,
        model_version,
        lap,
        age_days,
        currency,
        started_date,
        dimension,
        dimension_value,
        lap_count,
        net_revenue_minor,
        -- Windows that are over for every lap of the day.
        arrayMap(
            days -> started_date + days < as_of_date, windows
        ) as is_over
    from lap_cell
    where (base_no, refresh_no) in (
            select
                base_no,
                refresh_no
            from int_live_run
        )
        and (model_id, model_version) in (
            select
                model_id,
                model_version
            from lifecycle_stage
        )

    union all

    -- A model nobody ever entered still has its zeros.
    select distinct
        model_id,
        model_version,
        toUInt32(1) as lap,
        toUInt32(0) as age_days,
        '' as currency,
        as_of_date as started_date,
        'all' as dimension,
        'all' as dimension_value,
        toInt64(0) as lap_count,
        toInt64(0) as net_revenue_minor,
        [false, false, false] as is_over
    from lifecycle_stage
),

-- By lap and window: began, old enough, revenue of those; laps have no currency.
sums as (
    select
        cells.model_id as model_id,
        cells.model_version as model_version,
        cells.currency as currency,
        calendar.grain as grain,
        cells.dimension as dimension,
        cells.dimension_value as dimension_value,
        calendar.period_no as period_no,
        sumForEach(arrayMap(
            no -> if(cells.lap = no, cells.lap_count, 0), laps
        )) as began_counts,
        sumForEach(arrayFlatten(arrayMap(
            no -> arrayMap(
                over -> if(cells.lap = no and over, cells.lap_count, 0),
                cells.is_over
            ),
            laps
        ))) as old_counts,
        sumForEach(arrayFlatten(arrayMap(
            no -> arrayMap(
                (over, days) -> if(
                    cells.lap = no and over and cells.age_days <= days,
                    cells.net_revenue_minor,
                    0
                ),
                cells.is_over,
                windows
            ),
            laps
        ))) as revenues
    from cells
    inner join report_calendar as calendar
        on calendar.calendar_date = cells.started_date
    group by
        cells.model_id, cells.model_version, cells.currency, calendar.grain,
        cells.dimension, cells.dimension_value, calendar.period_no
),

series as (
    select
        model_id,
        model_version,
        currency,
        grain,
        dimension,
        dimension_value,
        groupArrayInsertAt(
            (began_counts, old_counts, revenues), period_no
        ) as counts_of_periods
    from sums
    group by
        model_id, model_version, currency, grain, dimension, dimension_value
)

select
    series.model_id as model_id,
    series.model_version as model_version,
    -- Empty for the laps themselves.
    series.currency as currency,
    series.grain as grain,
    series.dimension as dimension,
    series.dimension_value as dimension_value,
    grains.periods as periods,
    -- 1 began by lap, then by lap and window: 2 old enough, 3 net revenue
    arrayResize(series.counts_of_periods, period_count) as counts_of_periods
from series
inner join report_grain as grains on grains.grain = series.grain
