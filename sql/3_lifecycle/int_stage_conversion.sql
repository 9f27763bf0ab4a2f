-- purpose: Contributions to stage_conversion_cell: each visit is maturing from its beginning and exposed when the window of the transition ends; a first visit is open until it ends and dropped if it ends with a lapse
-- grain: one row per subject_id, model_id, model_version, kind, from_stage, visit_no, effective_at
-- reads: subject_journey, subject_history, lifecycle_transition, report_setting
-- time: days of the report time zone, windows of 24-hour days to the millisecond; nothing depends on the clock
with
    assumeNotNull((
        select time_zone from report_setting final
    )) as report_zone,

trials as (
    select
        model_id,
        model_version,
        subject_id,
        visits.ordinal as ordinals,
        visits.stage_id as stage_ids,
        visits.entered_at as entered_ats,
        visits.lap as laps,
        stage_id,
        entered_at,
        exited_at,
        lap,
        visit_no,
        place,
        visit_no = 1 as is_first,
        next_ordinal = 0 as is_lapsing
    from subject_journey final
    array join
        visits.stage_id as stage_id,
        visits.entered_at as entered_at,
        visits.exited_at as exited_at,
        visits.lap as lap,
        visits.visit_no as visit_no,
        arrayEnumerate(visits.ordinal) as place,
        arrayPopFront(arrayPushBack(visits.ordinal, 0)) as next_ordinal
    where stage_id != 'lapsed'
),

outcomes as (
    select
        trials.model_id as model_id,
        trials.model_version as model_version,
        trials.subject_id as subject_id,
        transition.kind as kind,
        trials.stage_id as from_stage,
        trials.visit_no as visit_no,
        trials.entered_at as entered_at,
        toInt64(trials.is_first) as first,
        trials.entered_at + toIntervalDay(transition.window_days)
            as window_end,
        -- Reached = entered that stage or any later one in the same lap, after
        -- the visit, if only in its millisecond, and not after the window. A
        -- refund can lead back in the millisecond of the order, so that
        -- instants alone do not tell what came first.
        arrayFilter(
            (ordinal, at, of_lap, visit_place) ->
                ordinal >= transition.to_ordinal
                and of_lap = trials.lap
                and visit_place > trials.place
                and at <= window_end,
            trials.ordinals, trials.entered_ats, trials.laps,
            arrayEnumerate(trials.ordinals)
        ) as reached,
        toInt64(notEmpty(reached)) as converted,
        toInt64(has(reached, transition.to_ordinal)) as strict,
        -- Every visit but one to lapsed ends, if only with its scheduled lapse.
        assumeNotNull(trials.exited_at) as exited_at,
        toInt64(
            trials.is_first and trials.is_lapsing
            and transition.kind != 'lifecycle'
        ) as dropped,
        toInt64(exited_at <= window_end) as is_done,
        -- effective at, then the measures in the order of the table
        arrayJoin([
            (
                trials.entered_at, toInt64(0), toInt64(0), toInt64(0), first,
                toInt64(0), toInt64(0), toInt64(0), toInt64(1),
                toInt64(0), first
            ),
            (
                window_end, first, first * converted, first * strict, -first,
                toInt64(1), converted, strict, toInt64(-1),
                dropped * is_done, toInt64(0)
            ),
            (
                exited_at, toInt64(0), toInt64(0), toInt64(0), toInt64(0),
                toInt64(0), toInt64(0), toInt64(0), toInt64(0),
                dropped * (1 - is_done), -first
            )
        ]) as effect
    from trials
    inner join lifecycle_transition as transition
        on transition.model_id = trials.model_id
        and transition.model_version = trials.model_version
        and transition.from_stage = trials.stage_id
)

select
    outcomes.subject_id as subject_id,
    outcomes.effect.1 as effective_at,
    outcomes.model_id as model_id,
    outcomes.model_version as model_version,
    outcomes.kind as kind,
    outcomes.from_stage as from_stage,
    outcomes.visit_no as visit_no,
    toDate(toTimeZone(outcomes.entered_at, report_zone)) as entered_date,
    subject.channel::String as channel,
    subject.campaign::String as campaign,
    subject.persona::String as persona,
    subject.country::String as country,
    subject.source::String as source,
    outcomes.effect.2 as first_exposed_count,
    outcomes.effect.3 as first_converted_count,
    outcomes.effect.4 as first_strict_count,
    outcomes.effect.5 as first_maturing_count,
    outcomes.effect.6 as visit_exposed_count,
    outcomes.effect.7 as visit_converted_count,
    outcomes.effect.8 as visit_strict_count,
    outcomes.effect.9 as visit_maturing_count,
    outcomes.effect.10 as dropped_count,
    outcomes.effect.11 as open_count
from outcomes
inner join (
    select
        subject_id,
        channel,
        campaign,
        persona,
        country,
        source
    from subject_history final
) as subject on subject.subject_id = outcomes.subject_id
