-- purpose: Of the customers (identified subjects) first active in a period, how many were active again in that very period k periods later
-- grain: one row per metric, variant, grain, cohort_start, period_index, dimension, dimension_value
-- reads: int_subject_day, int_subject_slice, int_calendar, int_grain
-- time: days of the report time zone; periods that are not over have no value; a late event may move a subject to an earlier cohort
with
histories as (
    select
        days.subject_id as subject_id,
        calendar.grain as grain,
        min(calendar.period_no) as cohort_no,
        groupUniqArray(calendar.period_no) as active_nos
    from int_subject_day as days
    inner join int_calendar as calendar
        on calendar.calendar_date = days.active_date
    group by subject_id, grain
),

returns as (
    select
        histories.grain as grain,
        slices.dimension as dimension,
        slices.dimension_value as dimension_value,
        histories.cohort_no as cohort_no,
        active_no - histories.cohort_no as period_index,
        toInt64(count()) as subject_count
    from histories
    inner join int_subject_slice as slices
        on slices.subject_id = histories.subject_id
        and slices.is_identified
    array join histories.active_nos as active_no
    group by grain, dimension, dimension_value, cohort_no, period_index
),

cohorts as (
    select
        grain,
        dimension,
        dimension_value,
        cohort_no,
        -- Every subject is active in the period it begins in.
        sumIf(subject_count, period_index = 0) as cohort_size,
        groupArrayInsertAt(0)(subject_count, toUInt32(period_index))
            as subject_counts
    from returns
    group by grain, dimension, dimension_value, cohort_no
),

dense_cohorts as (
    select
        cohorts.grain as grain,
        cohorts.dimension as dimension,
        cohorts.dimension_value as dimension_value,
        cohorts.cohort_size as cohort_size,
        -- A triangle of days is cut after 30 periods, one of weeks after 52.
        arraySlice(
            grains.periods,
            cohorts.cohort_no + 1,
            multiIf(grain = 'day', 31, grain = 'week', 53, 1000000)
        ) as periods,
        periods[1].1 as cohort_start,
        arrayResize(cohorts.subject_counts, length(periods)) as subject_counts
    from cohorts
    inner join int_grain as grains on grains.grain = cohorts.grain
),

cells as (
    select
        grain,
        dimension,
        dimension_value,
        cohort_size,
        cohort_start,
        period.1 as period_start,
        period.3 as is_closed,
        toInt32(period_no - 1) as period_index,
        retained
    from dense_cohorts
    array join
        periods as period,
        arrayEnumerate(periods) as period_no,
        subject_counts as retained
)

select
    'retention_cohort' as metric,
    toInt32(1) as metric_version,
    '' as model_id,
    toInt32(0) as model_version,
    'on' as variant,
    cohort_start,
    period_index,
    period_start,
    grain,
    dimension,
    dimension_value,
    cohort_size,
    retained as numerator,
    cohort_size::Nullable(Int64) as denominator,
    -- Those who come back later in an open period are still missing.
    if(is_closed, retained / nullIf(cohort_size, 0), null) as value,
    cohort_size as n,
    if(is_closed, lm_wilson_low(retained, cohort_size), null) as ci_low,
    if(is_closed, lm_wilson_high(retained, cohort_size), null) as ci_high,
    is_closed::Bool as is_mature
from cells
