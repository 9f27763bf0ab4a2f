-- purpose: For each candidate window: of the silences of customers (identified subjects) that became longer than it, how many were followed by a return, and would have been taken for churn wrongly
-- grain: one row per metric, window_days, grain, period_start, dimension, dimension_value
-- reads: silence_cell, int_live_run, int_lapse_candidate, report_grain, report_setting
-- time: days of the report time zone; a silence counts in the period in which it reached the window; returns and late events change past periods
with
    coalesce(
        nullIf((select time_zone from report_setting final), ''),
        'UTC'
    ) as report_zone,
    assumeNotNull((
        select week_start from report_setting final
    )) as first_weekday,
    assumeNotNull((
        select toDate(coalesce(as_of, now64(3)), report_zone)
        from report_setting final
    )) as as_of_date,
    (
        select arraySort(groupArray((window_days, is_in_use)))
        from int_lapse_candidate
    ) as candidates,

silences as (
    select
        dimension,
        dimension_value,
        cell.window_days as reached_days,
        last_active_date,
        sum(cell.open_count) as open_count,
        sum(cell.returned_count) as returned_count
    from silence_cell as cell
    where (base_no, refresh_no) in (
        select
            base_no,
            refresh_no
        from int_live_run
    )
    group by dimension, dimension_value, reached_days, last_active_date
),

-- An open silence has reached the windows that were over before T.
reached as (
    select
        dimension,
        dimension_value,
        window_days,
        last_active_date + window_days as reached_date,
        open_count + returned_count as reached_count,
        returned_count
    from silences
    array join if(
        reached_days > 0,
        [reached_days],
        arrayMap(candidate -> candidate.1, candidates)
    ) as window_days
    where reached_date < as_of_date
),

periods as (
    select
        dimension,
        dimension_value,
        window_days,
        arrayJoin(['day', 'week', 'month', 'quarter', 'year']) as grain,
        lm_period_start(reached_date, grain, first_weekday) as period_start,
        toDate(0) as period_end,
        false as is_closed,
        reached_count,
        returned_count
    from reached

    union all

    -- Periods in which no silence reached the window have their zeros.
    select
        slices.dimension as dimension,
        slices.dimension_value as dimension_value,
        arrayJoin(arrayMap(candidate -> candidate.1, candidates))
            as window_days,
        grains.grain as grain,
        period.1 as period_start,
        period.2 as period_end,
        period.3 as is_closed,
        0 as reached_count,
        0 as returned_count
    from (
        select
            dimension,
            dimension_value
        from silence_cell
        where (base_no, refresh_no) in (
            select
                base_no,
                refresh_no
            from int_live_run
        )
        group by dimension, dimension_value
        -- Without any silence the slice is a former one. Where T is past,
        -- the last silence may end too early to be counted, but not all.
        having sum(open_count) > 0 or sum(returned_count) > 0
    ) as slices
    cross join report_grain as grains
    array join grains.periods as period
),

sums as (
    select
        dimension,
        dimension_value,
        window_days,
        grain,
        period_start,
        max(periods.period_end) as period_end,
        max(periods.is_closed) as is_closed,
        sum(periods.reached_count) as reached_count,
        sum(periods.returned_count) as returned_count
    from periods
    group by dimension, dimension_value, window_days, grain, period_start
    having period_end > toDate(0)
)

select
    'false_churn_rate' as metric,
    toInt32(1) as metric_version,
    '' as model_id,
    toInt32(0) as model_version,
    window_days,
    has(candidates, (window_days, true))::Bool as is_in_use,
    period_start,
    grain::String as grain,
    dimension::String as dimension,
    dimension_value,
    returned_count as numerator,
    reached_count::Nullable(Int64) as denominator,
    -- No silence, no rate; and no rate before the period is over.
    if(is_closed, returned_count / nullIf(reached_count, 0), null) as value,
    reached_count as n,
    if(is_closed, lm_wilson_low(returned_count, reached_count), null)
        as ci_low,
    if(is_closed, lm_wilson_high(returned_count, reached_count), null)
        as ci_high,
    -- Returns take time: as long again as the window is waited for them.
    (is_closed and period_end + window_days <= as_of_date)::Bool as is_mature
from sums
