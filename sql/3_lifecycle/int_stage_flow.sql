-- purpose: Contributions to stage_flow_cell: each entry into a stage and each exit from one
-- grain: one row per subject_id, model_id, model_version, stage_id, visit_no, entered_count
-- reads: subject_journey, subject_history, report_setting
-- time: days of the report time zone; a scheduled lapse is there from the beginning and effective when it comes
with
    assumeNotNull((
        select time_zone from report_setting final
    )) as report_zone,
    assumeNotNull((
        select week_start from report_setting final
    )) as first_weekday,

journeys as (
    select
        model_id,
        model_version,
        subject_id,
        visits.stage_id as stages,
        arrayMap(at -> toDate(at, report_zone), visits.entered_at) as days,
        -- How often the stage was entered in the period, this entry included.
        arrayEnumerateUniq(stages, days) as of_day,
        arrayEnumerateUniq(
            stages,
            arrayMap(day -> lm_period_start(day, 'week', first_weekday), days)
        ) as of_week,
        arrayEnumerateUniq(
            stages, arrayMap(day -> toStartOfMonth(day), days)
        ) as of_month,
        arrayEnumerateUniq(
            stages, arrayMap(day -> toStartOfQuarter(day), days)
        ) as of_quarter,
        arrayEnumerateUniq(
            stages, arrayMap(day -> toStartOfYear(day), days)
        ) as of_year,
        arrayMap(
            (stage, visit, at, day, d, w, m, q, y) -> (
                stage, visit, at, day,
                toInt64(d = 1), toInt64(w = 1), toInt64(m = 1),
                toInt64(q = 1), toInt64(y = 1), toInt64(1), toInt64(0)
            ),
            stages, visits.visit_no, visits.entered_at, days,
            of_day, of_week, of_month, of_quarter, of_year
        ) as entries,
        -- Every visit but the last ends, if only with its scheduled lapse.
        arrayMap(
            (stage, visit, at) -> (
                stage, visit, assumeNotNull(at),
                toDate(assumeNotNull(at), report_zone),
                toInt64(0), toInt64(0), toInt64(0),
                toInt64(0), toInt64(0), toInt64(0), toInt64(1)
            ),
            arrayPopBack(stages),
            arrayPopBack(visits.visit_no),
            arrayPopBack(visits.exited_at)
        ) as exits
    from subject_journey final
),

moves as (
    select
        model_id,
        model_version,
        subject_id,
        arrayJoin(arrayConcat(entries, exits)) as move
    from journeys
)

select
    moves.subject_id as subject_id,
    moves.move.3 as effective_at,
    moves.model_id as model_id,
    moves.model_version as model_version,
    moves.move.1 as stage_id,
    moves.move.2 as visit_no,
    moves.move.4 as moved_date,
    subject.channel::String as channel,
    subject.campaign::String as campaign,
    subject.persona::String as persona,
    subject.country::String as country,
    subject.source::String as source,
    moves.move.5 as first_of_day_count,
    moves.move.6 as first_of_week_count,
    moves.move.7 as first_of_month_count,
    moves.move.8 as first_of_quarter_count,
    moves.move.9 as first_of_year_count,
    moves.move.10 as entered_count,
    moves.move.11 as exited_count
from moves
inner join (
    select
        subject_id,
        channel,
        campaign,
        persona,
        country,
        source
    from subject_history final
) as subject on subject.subject_id = moves.subject_id
