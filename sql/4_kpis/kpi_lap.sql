-- purpose: How many laps began in a period, by number (3 = the third and later ones), their share, and the net revenue they bring in their first 90, 180 and 365 days against that of first laps
-- grain: one row per metric, model_id, model_version, lap, window_days, currency, grain, period_start, dimension, dimension_value
-- reads: int_lap_series, report_setting
-- time: days of the report time zone; a lap counts for a window once it is older in whole days at T; late events and refunds change the row
with
    assumeNotNull((
        select time_zone from report_setting final
    )) as report_zone,
    assumeNotNull((
        select coalesce(as_of, now64(3)) from report_setting final
    )) as as_of_instant,
    toDate(toTimeZone(as_of_instant, report_zone)) as as_of_date,

-- Laps are counted once, their revenue in each currency there is.
counted as (
    select
        model_id,
        model_version,
        grain,
        dimension,
        dimension_value,
        any(int_lap_series.periods) as periods,
        anyIf(counts_of_periods, int_lap_series.currency = '')
            as laps_of_periods,
        arrayJoin(groupArray((int_lap_series.currency, counts_of_periods)))
            as money
    from int_lap_series
    group by model_id, model_version, grain, dimension, dimension_value
    having notEmpty(laps_of_periods)
),

metrics as (
    select
        model_id,
        model_version,
        money.1 as currency,
        grain,
        dimension,
        dimension_value,
        period,
        period_laps.1 as began_counts,
        period_laps.2 as old_counts,
        period_money.3 as revenues,
        -- metric, lap, window, place among the windows of all laps
        arrayJoin(if(
            currency = '',
            [
                ('laps', 1, 0, 0), ('laps', 2, 0, 0), ('laps', 3, 0, 0),
                ('lap_rate', 1, 0, 0), ('lap_rate', 2, 0, 0),
                ('lap_rate', 3, 0, 0)
            ],
            [
                ('lap_value', 1, 90, 1), ('lap_value', 1, 180, 2),
                ('lap_value', 1, 365, 3), ('lap_value', 2, 90, 4),
                ('lap_value', 2, 180, 5), ('lap_value', 2, 365, 6),
                ('lap_value', 3, 90, 7), ('lap_value', 3, 180, 8),
                ('lap_value', 3, 365, 9)
            ]
        )) as shown
    from counted
    array join
        periods as period,
        laps_of_periods as period_laps,
        money.2 as period_money
),

numbers as (
    select
        model_id,
        model_version,
        currency,
        grain,
        dimension,
        dimension_value,
        period,
        shown.1 as metric,
        shown.2 as lap,
        shown.3 as window_days,
        if(metric = 'lap_value', revenues[shown.4], began_counts[lap])
            as numerator,
        multiIf(
            metric = 'lap_value', old_counts[shown.4],
            metric = 'lap_rate', arraySum(began_counts),
            null
        ) as denominator,
        -- The same window of first laps.
        revenues[(shown.4 - 1) % 3 + 1] as first_lap_revenue,
        old_counts[(shown.4 - 1) % 3 + 1] as first_lap_count,
        if(metric = 'lap_value', began_counts[lap] - denominator, 0)
            as maturing_count
    from metrics
)

select
    metric,
    toInt32(1) as metric_version,
    model_id::String as model_id,
    toInt32(model_version) as model_version,
    toInt32(lap) as lap,
    toInt32(window_days) as window_days,
    currency::String as currency,
    period.1 as period_start,
    grain::String as grain,
    dimension::String as dimension,
    dimension_value,
    numerator,
    denominator::Nullable(Int64) as denominator,
    -- No laps, no share and no value.
    if(metric = 'laps', numerator, numerator / nullIf(denominator, 0))
        ::Nullable(Float64) as value,
    ifNull(denominator, numerator)::Int64 as n,
    if(metric = 'lap_rate', lm_wilson_low(numerator, assumeNotNull(denominator)), null)
        as ci_low,
    if(metric = 'lap_rate', lm_wilson_high(numerator, assumeNotNull(denominator)), null)
        as ci_high,
    (period.2 + toIntervalDay(window_days) <= as_of_date)::Bool as is_mature,
    -- Against the first laps that began in the same period.
    if(
        metric = 'lap_value',
        value / nullIf(first_lap_revenue / nullIf(first_lap_count, 0), 0),
        null
    )::Nullable(Float64) as first_lap_ratio,
    ifNull(maturing_count, 0)::Int64 as maturing_n
from numbers
