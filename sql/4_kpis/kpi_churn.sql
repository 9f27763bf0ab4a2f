-- purpose: Of the customers (identified subjects) active at the start of a period, how many were not, and how many were, active at its end
-- grain: one row per metric, grain, period_start, dimension, dimension_value
-- reads: int_subject_day, int_subject_slice, int_stage, int_calendar, int_grain
-- time: days of the report time zone; periods that are not over have no value; a late event extends the activity it belongs to
with
    assumeNotNull((
        select toInt32(min(lapse_after_days))
        from int_stage
        where is_default_model and phase != 'lapsed'
    )) as active_days,

histories as (
    select
        subject_id,
        arraySort(groupUniqArray(active_date)) as dates
    from int_subject_day
    group by subject_id
),

-- A subject is active at the start of day x if it did something in the
-- active_days before x. So it becomes active after the first day of a spell
-- of days no further apart than that, and stops active_days after the last.
turns as (
    select
        subject_id,
        turn.1 as turn_date,
        turn.2 as step
    from histories
    array join arrayConcat(
        arrayMap(
            day -> (day, 1),
            arrayFilter(
                (day, i) -> i = 1 or day - dates[i - 1] > active_days,
                dates,
                arrayEnumerate(dates)
            )
        ),
        arrayMap(
            day -> (day + active_days, -1),
            arrayFilter(
                (day, i) ->
                    i = length(dates) or dates[i + 1] - day > active_days,
                dates,
                arrayEnumerate(dates)
            )
        )
    ) as turn
),

-- Seen at the starts of periods only: who stops and begins again in between
-- has not changed, who begins and stops in between was never there.
changes as (
    select
        turns.subject_id as subject_id,
        calendar.grain as grain,
        calendar.period_no + 1 as period_no,
        sum(turns.step) as change
    from turns
    inner join int_calendar as calendar
        on calendar.calendar_date = turns.turn_date
    group by subject_id, grain, period_no
),

counts as (
    select
        changes.grain as grain,
        slices.dimension as dimension,
        slices.dimension_value as dimension_value,
        changes.period_no as period_no,
        toInt64(countIf(changes.change = 1)) as joined,
        toInt64(countIf(changes.change = -1)) as left
    from changes
    inner join int_subject_slice as slices
        on slices.subject_id = changes.subject_id
        and slices.is_identified
    group by grain, dimension, dimension_value, period_no
),

series as (
    select
        grain,
        dimension,
        dimension_value,
        groupArrayInsertAt(0)(joined, toUInt32(period_no)) as joined_counts,
        groupArrayInsertAt(0)(left, toUInt32(period_no)) as left_counts
    from counts
    group by grain, dimension, dimension_value
),

periods as (
    select
        series.grain as grain,
        series.dimension as dimension,
        series.dimension_value as dimension_value,
        period.1 as period_start,
        period.3 as is_closed,
        active,
        churned
    from series
    inner join int_grain as grains on grains.grain = series.grain
    array join
        grains.periods as period,
        arrayCumSum(
            (joined, left) -> joined - left,
            arrayResize(series.joined_counts, period_count),
            arrayResize(series.left_counts, period_count)
        ) as active,
        -- Not active any more at the start of the next period.
        arraySlice(
            arrayResize(series.left_counts, period_count + 1), 2
        ) as churned
)

select
    metric,
    toInt32(1) as metric_version,
    '' as model_id,
    toInt32(0) as model_version,
    period_start,
    grain,
    dimension,
    dimension_value,
    if(metric = 'churn_rate', churned, active - churned) as numerator,
    active::Nullable(Int64) as denominator,
    -- Nobody active, no rate; and no rate before the period is over.
    if(is_closed, numerator / nullIf(active, 0), null) as value,
    active as n,
    if(is_closed, lm_wilson_low(numerator, active), null) as ci_low,
    if(is_closed, lm_wilson_high(numerator, active), null) as ci_high,
    is_closed::Bool as is_mature,
    active_days as window_days
from periods
cross join (
    select arrayJoin(['churn_rate', 'retention_rate']) as metric
) as metrics
