-- purpose: Notes whose visits in which model differ between before and after the run, or are to be counted in other slices
-- grain: one row per subject as it was or as it is, model_id, model_version
-- reads: batch_subject_journey, batch_change
-- time: what becomes effective by T counts as a difference, as in batch_change
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
    -- As in batch_change, what lies after T makes no difference.
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
    or concat(id, '+') in (
        select subject_id
        from batch_change
        where bitAnd(changed, 1) != 0
    )
