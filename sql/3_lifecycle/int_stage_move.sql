-- purpose: Contributions to stage_move_cell: each move from one stage into another, and the first entry of a life
-- grain: one row per subject_id, model_id, model_version, to_stage, visit_no
-- reads: subject_journey, subject_history, report_setting
-- time: days of the report time zone; a scheduled lapse is there from the beginning and effective when it comes
with
    assumeNotNull((
        select time_zone from report_setting final
    )) as report_zone
select
    moves.subject_id as subject_id,
    moves.entered_at as effective_at,
    moves.model_id as model_id,
    moves.model_version as model_version,
    moves.from_stage as from_stage,
    moves.to_stage as to_stage,
    moves.direction as direction,
    moves.visit_no as visit_no,
    toDate(toTimeZone(moves.entered_at, report_zone)) as moved_date,
    subject.channel::String as channel,
    subject.campaign::String as campaign,
    subject.persona::String as persona,
    subject.country::String as country,
    subject.source::String as source,
    toInt64(1) as move_count
from (
    select
        model_id,
        model_version,
        subject_id,
        from_stage,
        to_stage,
        direction,
        visit_no,
        entered_at
    from subject_journey final
    array join
        visits.previous_stage_id as from_stage,
        visits.stage_id as to_stage,
        visits.direction as direction,
        visits.visit_no as visit_no,
        visits.entered_at as entered_at
) as moves
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
