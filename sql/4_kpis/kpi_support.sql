-- purpose: Support: how many cases, how long until the first resolution, how many are open, how much help needed no case, and how many prospects convert with and without a case
-- grain: one row per metric, grain, period_start, dimension, dimension_value
-- reads: support_cell, int_live_run, report_grain, lifecycle_model, report_setting
-- time: days of the report time zone; cases by day of opening or first resolution, prospects by day of their first case or first touch; windows in days of 24 hours
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
        arrayJoin(['day', 'week', 'month', 'quarter', 'year']) as grain,
        lm_period_start(day, grain, first_weekday) as period_start,
        cast(dimension as String) as dimension,
        dimension_value,
        resolution_hours,
        case_count,
        resolved_count,
        resolution_seconds,
        contact_count,
        contact_exposed_count,
        deflected_count,
        assisted_count,
        assisted_exposed_count,
        assisted_converted_count,
        unassisted_count,
        unassisted_exposed_count,
        unassisted_converted_count
    from support_cell
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
        0 as resolution_hours,
        0 as case_count,
        0 as resolved_count,
        0 as resolution_seconds,
        0 as contact_count,
        0 as contact_exposed_count,
        0 as deflected_count,
        0 as assisted_count,
        0 as assisted_exposed_count,
        0 as assisted_converted_count,
        0 as unassisted_count,
        0 as unassisted_exposed_count,
        0 as unassisted_converted_count
    from (
        select distinct
            cast(dimension as String) as dimension,
            dimension_value
        from support_cell
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
        sum(cells.case_count) as case_count,
        sum(cells.resolved_count) as resolved_count,
        sum(cells.resolution_seconds) as resolution_seconds,
        -- Hours in order, and how many cases took each of them.
        sumMap([resolution_hours], [cells.resolved_count]) as cases_by_hour,
        arrayCumSum(cases_by_hour.2) as cases_within,
        sum(cells.contact_count) as contact_count,
        sum(cells.contact_exposed_count) as contact_exposed_count,
        sum(cells.deflected_count) as deflected_count,
        sum(cells.assisted_count) as assisted_count,
        sum(cells.assisted_exposed_count) as assisted_exposed_count,
        sum(cells.assisted_converted_count) as assisted_converted_count,
        sum(cells.unassisted_count) as unassisted_count,
        sum(cells.unassisted_exposed_count) as unassisted_exposed_count,
        sum(cells.unassisted_converted_count) as unassisted_converted_count
    from cells
    group by grain, period_start, dimension, dimension_value
),

-- 1 metric, 2 numerator, 3 denominator or -1, 4 n, 5 value unless it is a
-- proportion, 6 subjects whose window is still running, 7 window in days.
measures as (
    select
        grain,
        period_start,
        dimension,
        dimension_value,
        arrayJoin([
            (
                'support_assisted_conversion',
                assisted_converted_count,
                assisted_exposed_count,
                assisted_exposed_count,
                null,
                assisted_count - assisted_exposed_count,
                convert_window_days::UInt32
            ),
            (
                'support_unassisted_conversion',
                unassisted_converted_count,
                unassisted_exposed_count,
                unassisted_exposed_count,
                null,
                unassisted_count - unassisted_exposed_count,
                convert_window_days::UInt32
            ),
            (
                'case_deflection_rate',
                deflected_count,
                contact_exposed_count,
                contact_exposed_count,
                null,
                contact_count - contact_exposed_count,
                1
            ),
            (
                'support_cases',
                case_count, -1, case_count, toFloat64(case_count), 0, 0
            ),
            (
                'open_cases',
                open_count, -1, open_count, toFloat64(open_count), 0, 0
            ),
            (
                'resolution_time',
                resolution_seconds,
                resolved_count,
                resolved_count,
                -- Nothing resolved, no mean.
                resolution_seconds / nullIf(resolved_count, 0) / 3600,
                0,
                0
            ),
            (
                'resolution_time_p50',
                hours_p50, -1, resolved_count,
                if(resolved_count = 0, null, toFloat64(hours_p50)), 0, 0
            ),
            (
                'resolution_time_p90',
                hours_p90, -1, resolved_count,
                if(resolved_count = 0, null, toFloat64(hours_p90)), 0, 0
            )
        ]) as measure,
        sum(case_count - resolved_count) over (
            partition by grain, dimension, dimension_value
            order by period_start
        ) as open_count,
        -- Nearest rank: the least hour within which that share was resolved.
        toInt64(cases_by_hour.1[
            arrayFirstIndex(c -> c >= 0.5 * resolved_count, cases_within)
        ]) as hours_p50,
        toInt64(cases_by_hour.1[
            arrayFirstIndex(c -> c >= 0.9 * resolved_count, cases_within)
        ]) as hours_p90
    from counts
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
    -- Nobody exposed, no rate.
    if(
        isNull(measure.5) and measure.3 > 0, measure.2 / measure.3, measure.5
    )::Nullable(Float64) as value,
    measure.4::Int64 as n,
    -- Only proportions have a window.
    if(
        measure.7 > 0, lm_wilson_low(measure.2, measure.3), null
    )::Nullable(Float64) as ci_low,
    if(
        measure.7 > 0, lm_wilson_high(measure.2, measure.3), null
    )::Nullable(Float64) as ci_high,
    (
        lm_window_end(
            lm_next_period(period_start, grain), report_zone, measure.7
        ) <= as_of_instant
    )::Bool as is_mature,
    measure.7::UInt32 as window_days,
    measure.6::Int64 as maturing_n
from measures
