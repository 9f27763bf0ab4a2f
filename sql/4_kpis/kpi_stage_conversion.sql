-- purpose: Of the subjects who first came to a stage in a period, how many reached the next stage or a later one within its window
-- grain: one row per metric, model_id, model_version, from_stage, to_stage, grain, period_start, dimension, dimension_value
-- reads: int_stage, int_stage_visit, int_subject_slice, int_calendar, int_grain, report_setting
-- time: days of the report time zone, windows in days of 24 hours; a subject counts once its window is over at T; late events change the row
with
    -- While the view is created the subquery is empty, and a zone must be
    -- named.
    coalesce(
        nullIf((select time_zone from report_setting final), ''), 'UTC'
    ) as report_zone,
    assumeNotNull((
        select coalesce(as_of, now64(3)) from report_setting final
    )) as as_of_instant,

models as (
    select
        model_id,
        model_version,
        arraySort(groupArrayIf(
            (ordinal, stage_id, convert_within_days), phase != 'lapsed'
        )) as stages
    from int_stage
    group by model_id, model_version
),

transitions as (
    select
        models.model_id as model_id,
        models.model_version as model_version,
        stage_from.2 as from_stage,
        stage_to.1 as to_ordinal,
        stage_to.2 as to_stage,
        stage_to.3 as window_days
    from models
    array join
        arrayPopBack(models.stages) as stage_from,
        arrayPopFront(models.stages) as stage_to
),

laps as (
    select
        model_id,
        model_version,
        subject_id,
        lap,
        groupArray((stage_id, visit_no, entered_at)) as visits,
        groupArray((ordinal, entered_at)) as steps
    from int_stage_visit
    group by model_id, model_version, subject_id, lap
),

-- First-visit exposure: later visits to the same stage start no new trial.
trials as (
    select
        laps.model_id as model_id,
        laps.model_version as model_version,
        laps.subject_id as subject_id,
        laps.steps as steps,
        visit.1 as from_stage,
        visit.3 as entered_at
    from laps
    array join laps.visits as visit
    where visit.2 = 1
),

outcomes as (
    select
        trials.model_id as model_id,
        trials.model_version as model_version,
        trials.from_stage as from_stage,
        transitions.to_stage as to_stage,
        transitions.window_days as window_days,
        trials.subject_id as subject_id,
        toDate(toTimeZone(trials.entered_at, report_zone)) as entered_date,
        trials.entered_at + toIntervalDay(transitions.window_days)
            as window_end,
        window_end <= as_of_instant as is_exposed,
        -- Reached = entered that stage or any later one in the same lap, at
        -- the same millisecond or after, and not after the window.
        is_exposed and arrayExists(
            step ->
                step.1 >= transitions.to_ordinal
                and step.2 >= trials.entered_at
                and step.2 <= window_end,
            trials.steps
        ) as is_converted
    from trials
    inner join transitions
        on transitions.model_id = trials.model_id
        and transitions.model_version = trials.model_version
        and transitions.from_stage = trials.from_stage
),

sliced_outcomes as (
    select
        outcomes.model_id as model_id,
        outcomes.model_version as model_version,
        outcomes.from_stage as from_stage,
        outcomes.to_stage as to_stage,
        outcomes.window_days as window_days,
        calendar.grain as grain,
        slices.dimension as dimension,
        slices.dimension_value as dimension_value,
        calendar.period_no as period_no,
        outcomes.is_exposed as is_exposed,
        outcomes.is_converted as is_converted,
        not outcomes.is_exposed as is_maturing
    from outcomes
    inner join int_subject_slice as slices
        on slices.subject_id = outcomes.subject_id
    inner join int_calendar as calendar
        on calendar.calendar_date = outcomes.entered_date

    union all

    -- A transition that nobody ever started still has its rows.
    select
        transitions.model_id as model_id,
        transitions.model_version as model_version,
        transitions.from_stage as from_stage,
        transitions.to_stage as to_stage,
        transitions.window_days as window_days,
        grains.grain as grain,
        'all' as dimension,
        'all' as dimension_value,
        0 as period_no,
        false as is_exposed,
        false as is_converted,
        false as is_maturing
    from transitions
    cross join (
        select arrayJoin(['day', 'week', 'month', 'quarter', 'year']) as grain
    ) as grains
),

counts as (
    select
        model_id,
        model_version,
        from_stage,
        to_stage,
        window_days,
        grain,
        dimension,
        dimension_value,
        period_no,
        toInt64(countIf(is_exposed)) as exposed_count,
        toInt64(countIf(is_converted)) as converted_count,
        toInt64(countIf(is_maturing)) as maturing_count
    from sliced_outcomes
    group by
        model_id, model_version, from_stage, to_stage, window_days,
        grain, dimension, dimension_value, period_no
),

series as (
    select
        model_id,
        model_version,
        from_stage,
        to_stage,
        window_days,
        grain,
        dimension,
        dimension_value,
        groupArrayInsertAt(0)(exposed_count, period_no) as exposed_counts,
        groupArrayInsertAt(0)(converted_count, period_no) as converted_counts,
        groupArrayInsertAt(0)(maturing_count, period_no) as maturing_counts
    from counts
    group by
        model_id, model_version, from_stage, to_stage, window_days,
        grain, dimension, dimension_value
)

select
    'stage_conversion' as metric,
    toInt32(1) as metric_version,
    series.model_id as model_id,
    toInt32(series.model_version) as model_version,
    series.to_stage as stage_id,
    series.from_stage as from_stage,
    series.to_stage as to_stage,
    toInt32(series.window_days) as window_days,
    period.1 as period_start,
    series.grain as grain,
    series.dimension as dimension,
    series.dimension_value as dimension_value,
    converted as numerator,
    exposed::Nullable(Int64) as denominator,
    -- Nobody exposed, no rate and no interval.
    converted / nullIf(exposed, 0) as value,
    exposed as n,
    lm_wilson_low(converted, exposed) as ci_low,
    lm_wilson_high(converted, exposed) as ci_high,
    -- The last possible entry of the period has had its whole window.
    (
        toDateTime64(period.2, 3, report_zone) + toIntervalDay(window_days)
        <= as_of_instant
    )::Bool as is_mature,
    maturing as maturing_n
from series
inner join int_grain as grains on grains.grain = series.grain
array join
    grains.periods as period,
    arrayResize(series.exposed_counts, period_count) as exposed,
    arrayResize(series.converted_counts, period_count) as converted,
    arrayResize(series.maturing_counts, period_count) as maturing
