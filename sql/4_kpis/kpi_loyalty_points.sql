-- purpose: Loyalty points earned, redeemed and expired in a period, the balance at its end, and redeemed and expired points as a share of those earned
-- grain: one row per metric, grain, period_start, dimension, dimension_value
-- reads: loyalty_cell, int_live_run, report_grain, report_setting
-- time: days of the report time zone; a late event changes its own period and all balances after it
with
    assumeNotNull((
        select time_zone from report_setting final
    )) as report_zone,
    assumeNotNull((
        select week_start from report_setting final
    )) as first_weekday,
    assumeNotNull((
        select coalesce(as_of, now64(3)) from report_setting final
    )) as as_of_instant,

cells as (
    select
        arrayJoin(['day', 'week', 'month', 'quarter', 'year']) as grain,
        lm_period_start(day, grain, first_weekday) as period_start,
        cast(dimension as String) as dimension,
        dimension_value,
        earned_points,
        redeemed_points,
        expired_points,
        event_count
    from loyalty_cell
    where (base_no, refresh_no) in (
        select
            base_no,
            refresh_no
        from int_live_run
    )

    union all

    -- Zeros for the periods in which nothing happened.
    select
        grains.grain as grain,
        period.1 as period_start,
        slices.dimension as dimension,
        slices.dimension_value as dimension_value,
        0 as earned_points,
        0 as redeemed_points,
        0 as expired_points,
        0 as event_count
    from (
        select distinct
            cast(dimension as String) as dimension,
            dimension_value
        from loyalty_cell
        where (base_no, refresh_no) in (
            select
                base_no,
                refresh_no
            from int_live_run
        )

        union distinct

        select
            'all' as dimension,
            'all' as dimension_value
    ) as slices
    cross join report_grain as grains
    array join grains.periods as period
),

points as (
    select
        grain,
        period_start,
        dimension,
        dimension_value,
        sum(cells.earned_points) as earned_points,
        sum(cells.redeemed_points) as redeemed_points,
        sum(cells.expired_points) as expired_points,
        sum(cells.event_count) as event_count
    from cells
    group by grain, period_start, dimension, dimension_value
),

-- 1 metric, 2 numerator, 3 denominator or -1.
measures as (
    select
        grain,
        period_start,
        dimension,
        dimension_value,
        event_count,
        sum(earned_points - redeemed_points - expired_points) over (
            partition by grain, dimension, dimension_value
            order by period_start
        ) as balance_points,
        arrayJoin([
            ('loyalty_points_earned', earned_points, -1),
            ('loyalty_points_redeemed', redeemed_points, -1),
            ('loyalty_points_expired', expired_points, -1),
            ('loyalty_points_balance', balance_points, -1),
            -- What was taken back in the period may exceed what was earned.
            (
                'loyalty_redemption_rate',
                redeemed_points,
                greatest(earned_points, 0)
            ),
            (
                'loyalty_breakage_rate',
                expired_points,
                greatest(earned_points, 0)
            )
        ]) as measure
    from points
)

select
    measure.1 as metric,
    toInt32(1) as metric_version,
    '' as model_id,
    toInt32(0) as model_version,
    period_start,
    grain,
    dimension,
    dimension_value,
    measure.2::Int64 as numerator,
    if(measure.3 < 0, null, measure.3)::Nullable(Int64) as denominator,
    -- Nothing earned, no rate.
    if(
        measure.3 < 0, measure.2, measure.2 / nullIf(measure.3, 0)
    )::Nullable(Float64) as value,
    event_count as n,
    -- Points redeemed need not be among those earned in the period.
    null::Nullable(Float64) as ci_low,
    null::Nullable(Float64) as ci_high,
    (
        toDateTime(lm_next_period(period_start, grain), report_zone)
        <= as_of_instant
    )::Bool as is_mature
from measures
