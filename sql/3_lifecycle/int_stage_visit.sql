-- purpose: Stage visits as of T: who was in which stage from when to when, how they came and because of which event
-- grain: one row per model_id, model_version, subject_id, stage_id, visit_no
-- reads: subject_journey, lifecycle_model, report_setting
-- time: instants in UTC; visits that begin after T are left out, ends after T are open (NULL); late events change past visits
with
    (
        select coalesce(as_of, toTimeZone(now64(3), 'UTC'))
        from report_setting final
    ) as as_of_instant
select
    model_id,
    model_version,
    subject_id,
    stage_id,
    ordinal,
    visit_no,
    entered_at,
    if(scheduled_exit_at > as_of_instant, null, scheduled_exit_at) as exited_at,
    previous_stage_id,
    direction,
    lap,
    cause_event_id
from subject_journey final
array join
    visits.stage_id as stage_id,
    visits.ordinal as ordinal,
    visits.visit_no as visit_no,
    visits.entered_at as entered_at,
    visits.exited_at as scheduled_exit_at,
    visits.previous_stage_id as previous_stage_id,
    visits.direction as direction,
    visits.lap as lap,
    visits.cause_event_id as cause_event_id
where entered_at <= as_of_instant
    and (model_id, model_version) in (
        select
            published.model_id,
            published.model_version
        from lifecycle_model as published final
        where published.is_published
    )
