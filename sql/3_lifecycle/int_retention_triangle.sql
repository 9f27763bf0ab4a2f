-- purpose: Of the customers (identified subjects) of each cohort, how many were active k periods later, for each k up to the period of T
-- grain: one row per variant, grain, cohort_start, period_index, dimension, dimension_value
-- reads: retention_cohort_cell, int_live_run, report_grain, lifecycle_stage, report_setting
-- time: days of the report time zone; the last period of each cohort is that of T and is not closed
with
    assumeNotNull((
        select toInt32(min(lapse_after_days))
        from lifecycle_stage
        where is_default_model and phase != 'lapsed'
    )) as active_days,
    coalesce(
        nullIf((select time_zone from report_setting final), ''),
        'UTC'
    ) as report_zone,
    assumeNotNull((
        select toDate(coalesce(as_of, now64(3)), report_zone)
        from report_setting final
    )) as as_of_date,

sums as (
    select
        grain,
        dimension,
        dimension_value,
        cohort_start,
        period_index,
        sum(cell.first_time_count) as first_time_count,
        sum(cell.latest_count) as latest_count,
        sum(cell.recurring_count) as recurring_count
    from retention_cohort_cell as cell
    where (base_no, refresh_no) in (
        select
            base_no,
            refresh_no
        from int_live_run
    )
    group by grain, dimension, dimension_value, cohort_start, period_index
),

cohorts as (
    select
        grain,
        dimension,
        dimension_value,
        cohort_start,
        groupArrayInsertAt(0)(first_time_count, toUInt32(period_index))
            as first_time_counts,
        groupArrayInsertAt(0)(latest_count, toUInt32(period_index))
            as latest_counts,
        groupArrayInsertAt(0)(recurring_count, toUInt32(period_index))
            as recurring_counts
    from sums
    group by grain, dimension, dimension_value, cohort_start
),

dense_cohorts as (
    select
        cohorts.grain as grain,
        cohorts.dimension as dimension,
        cohorts.dimension_value as dimension_value,
        cohorts.cohort_start as cohort_start,
        -- A triangle of days is cut after 30 periods, one of weeks after 52.
        arraySlice(
            arrayFilter(
                period -> period.1 >= cohorts.cohort_start, grains.periods
            ),
            1,
            multiIf(grain = 'day', 31, grain = 'week', 53, 10001)
        ) as periods,
        arrayResize(cohorts.first_time_counts, length(periods)) as on_counts,
        -- Who was last active in k or later was active in k or later.
        arrayReverse(arrayCumSum(arrayReverse(
            arrayResize(cohorts.latest_counts, length(periods))
        ))) as on_or_after_counts,
        arrayResize(cohorts.recurring_counts, length(periods))
            as recurring_counts
    from cohorts
    inner join report_grain as grains on grains.grain = cohorts.grain
),

variants as (
    select
        variant,
        grain,
        dimension,
        dimension_value,
        cohort_start,
        periods,
        counts,
        -- Every subject is active in the period of its cohort.
        counts[1] as cohort_size
    from dense_cohorts
    array join
        ['on', 'on_or_after', 'recurring'] as variant,
        [on_counts, on_or_after_counts, recurring_counts] as counts
    where cohort_size > 0
)

select
    variant,
    grain,
    dimension,
    dimension_value,
    cohort_start,
    cohort_size,
    toInt32(period_no - 1) as period_index,
    period.1 as period_start,
    period.3 as is_closed,
    -- Before the window of activity is over, silence says little about who
    -- will be back: a young cohort looks worse than it is. In its own period
    -- nobody of it is missing.
    variant = 'on_or_after'
        and period_no > 1
        and period_start + active_days > as_of_date as is_censored,
    retained_count
from variants
array join
    periods as period,
    arrayEnumerate(periods) as period_no,
    counts as retained_count
