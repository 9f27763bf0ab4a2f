-- purpose: Notes whose visits in which model differ between before and after the run
-- grain: one row per subject as it was or as it is, model_id, model_version
-- reads: batch_subject_journey
-- time: what lies after T makes no difference: it is not counted yet, and subject_due knows when it will be
insert into batch_journey_change
(
    subject_id,
    model_id,
    model_version
)
select
    arrayJoin(groupArray(subject_id)),
    model_id,
    model_version
from batch_subject_journey
group by
    substring(subject_id, 1, length(subject_id) - 1) as id,
    model_id,
    model_version
having count() != 2
    -- Most events only put the lapse off.
    or uniqExact(arrayFilter(
        visit -> visit.4 <= {as_of:DateTime64(3, 'UTC')},
        arrayMap(
            (stage, ordinal, number, entered, exited, previous, direction, lap, cause) -> (
                stage, ordinal, number, entered,
                if(exited > {as_of:DateTime64(3, 'UTC')}, null, exited),
                previous, direction, lap, cause
            ),
            visits.stage_id, visits.ordinal, visits.visit_no,
            visits.entered_at, visits.exited_at,
            visits.previous_stage_id, visits.direction, visits.lap,
            visits.cause_event_id
        )
    )) != 1
