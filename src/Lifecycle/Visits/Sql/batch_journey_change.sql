-- purpose: Notes whose visits in which model differ between before and after the run, and from when on
-- grain: one row per subject as it was or as it is, model_id, model_version
-- reads: batch_subject_journey
-- time: what lies after T makes no difference: it is not counted yet, and subject_due knows when it will be
insert into batch_journey_change
(
    subject_id,
    model_id,
    model_version,
    since
)
with
    {as_of:DateTime64(3, 'UTC')} + toIntervalMillisecond(1) as after,

    -- Most events only put the lapse off: an exit after T is none yet.
    hashes as
    (
        select
            subject_id,
            substring(subject_id, 1, length(subject_id) - 1) as id,
            model_id,
            model_version,
            arrayCount(at -> at < after, visits.entered_at) as visit_count,
            cityHash64(
                arraySlice(visits.entered_at, 1, visit_count),
                arrayMap(
                    at -> least(ifNull(at, after), after),
                    arraySlice(visits.exited_at, 1, visit_count)
                ),
                arraySlice(visits.stage_id, 1, visit_count),
                arraySlice(visits.ordinal, 1, visit_count),
                arraySlice(visits.visit_no, 1, visit_count),
                arraySlice(visits.previous_stage_id, 1, visit_count),
                arraySlice(visits.direction, 1, visit_count),
                arraySlice(visits.lap, 1, visit_count),
                arraySlice(visits.cause_event_id, 1, visit_count)
            ) as hash
        from batch_subject_journey
    ),

    differing as
    (
        select
            id,
            model_id,
            model_version
        from hashes
        group by id, model_id, model_version
        having count() != 2 or min(hash) != max(hash)
    ),

    -- v: 1 entered at, 2 what is known of it then, 3 exited at
    journeys as
    (
        select
            substring(subject_id, 1, length(subject_id) - 1) as id,
            model_id,
            model_version,
            groupArray(subject_id) as subject_ids,
            groupArray(arrayFilter(
                v -> v.1 < after,
                arrayMap(
                    (
                        entered, exited, stage, ordinal, number, previous,
                        direction, lap, cause
                    ) -> (
                        entered,
                        (
                            stage, ordinal, number, previous,
                            direction, lap, cause
                        ),
                        least(ifNull(exited, after), after)
                    ),
                    visits.entered_at, visits.exited_at, visits.stage_id,
                    visits.ordinal, visits.visit_no,
                    visits.previous_stage_id, visits.direction, visits.lap,
                    visits.cause_event_id
                )
            )) as lists
        from batch_subject_journey
        where (id, model_id, model_version) in (
            select id, model_id, model_version from differing
        )
        group by id, model_id, model_version
    ),

    firsts as
    (
        select
            subject_ids,
            model_id,
            model_version,
            lists[1] as ones,
            lists[2] as others,
            greatest(length(ones), length(others)) as visit_count,
            arrayFirstIndex(
                (one, other) -> one != other,
                arrayResize(ones, visit_count),
                arrayResize(others, visit_count)
            ) as first
        from journeys
    )

select
    arrayJoin(subject_ids),
    model_id,
    model_version,
    multiIf(
        first = 0, after,
        first > length(ones), others[first].1,
        first > length(others), ones[first].1,
        (ones[first].1, ones[first].2) = (others[first].1, others[first].2),
        least(ones[first].3, others[first].3),
        least(ones[first].1, others[first].1)
    )
from firsts
