-- purpose: How many of the active customers are advocates, how many of those they invite become customers, and how many customers each customer brings
-- grain: one row per metric, grain, period_start, dimension, dimension_value
-- reads: advocacy_cell, int_live_run, report_grain, lifecycle_model, report_setting
-- time: days of the report time zone; who was invited counts by the day the invitation was taken up, once the window of the convert phase is over
with
    assumeNotNull((
        select time_zone from report_setting final
    )) as report_zone,
    assumeNotNull((
        select coalesce(as_of, now64(3)) from report_setting final
    )) as as_of_instant,
    (
        select argMax(
            if(
                has(stages.phase, 'convert'),
                stages.convert_within_days[indexOf(stages.phase, 'convert')],
                90
            ),
            model_version
        )
        from lifecycle_model final
        where is_default_model and is_published
    ) as convert_window_days,

cells as (
    select
        cast(grain as String) as grain,
        period_start,
        cast(dimension as String) as dimension,
        dimension_value,
        active_count,
        advocate_count,
        invitation_count,
        referred_count,
        referred_exposed_count,
        referred_converted_count
    from advocacy_cell
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
        0 as active_count,
        0 as advocate_count,
        0 as invitation_count,
        0 as referred_count,
        0 as referred_exposed_count,
        0 as referred_converted_count
    from (
        select distinct
            cast(dimension as String) as dimension,
            dimension_value
        from advocacy_cell
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

counts as (
    select
        grain,
        period_start,
        dimension,
        dimension_value,
        sum(cells.active_count) as active_count,
        sum(cells.advocate_count) as advocate_count,
        sum(cells.invitation_count) as invitation_count,
        sum(cells.referred_count) as referred_count,
        sum(cells.referred_exposed_count) as referred_exposed_count,
        sum(cells.referred_converted_count) as referred_converted_count
    from cells
    group by grain, period_start, dimension, dimension_value
),

-- 1 metric, 2 numerator, 3 denominator, 4 window in days.
measures as (
    select
        grain,
        period_start,
        dimension,
        dimension_value,
        active_count,
        invitation_count,
        referred_count,
        referred_converted_count,
        referred_count - referred_exposed_count as maturing_count,
        measure
    from counts
    array join [
        ('advocacy_rate', advocate_count, active_count, 0),
        (
            'referral_conversion',
            referred_converted_count,
            referred_exposed_count,
            convert_window_days
        ),
        (
            'viral_coefficient',
            referred_converted_count,
            active_count,
            convert_window_days
        )
    ] as measure
    -- Who invites and who is invited need not be in the same slice.
    where measure.1 != 'viral_coefficient' or dimension = 'all'
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
    measure.3::Nullable(Int64) as denominator,
    -- Nobody there, no rate.
    (measure.2 / nullIf(measure.3, 0))::Nullable(Float64) as value,
    measure.3::Int64 as n,
    -- Not a proportion: those who were brought are not among those who bring.
    if(
        metric = 'viral_coefficient',
        null,
        lm_wilson_low(measure.2, measure.3)
    )::Nullable(Float64) as ci_low,
    if(
        metric = 'viral_coefficient',
        null,
        lm_wilson_high(measure.2, measure.3)
    )::Nullable(Float64) as ci_high,
    (
        lm_window_end(
            lm_next_period(period_start, grain), report_zone, measure.4
        ) <= as_of_instant
    )::Bool as is_mature,
    measure.4::UInt32 as window_days,
    if(measure.4 = 0, 0, maturing_count)::Int64 as maturing_n,
    invitation_count,
    (invitation_count / nullIf(active_count, 0))::Nullable(Float64)
        as invitations_per_customer,
    -- Of invitations, not of those who took them up.
    (referred_converted_count / nullIf(invitation_count, 0))::Nullable(Float64)
        as invitation_conversion
from measures
