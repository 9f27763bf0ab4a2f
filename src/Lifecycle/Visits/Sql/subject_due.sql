-- purpose: Notes for each subject of one batch when its numbers change next without a new event
-- grain: one row per subject_id
-- reads: batch_due, batch_subject_persona, batch_subject_journey, batch_subject_history, batch_change, subject_due
-- time: instants in UTC, all after T; what was not worked out anew, as nothing has changed that it is made of, is due when it was
insert into subject_due
(
    subject_id,
    due_at,
    version
)
select
    id,
    min(at),
    {refresh_no:UInt64}
from (
    select
        substring(subject_id, 1, length(subject_id) - 1) as id,
        due_at as at
    from batch_due
    union all
    select
        substring(subject_id, 1, length(subject_id) - 1) as id,
        at
    from batch_subject_persona
    array join arrayConcat(
        memberships.valid_from,
        arrayMap(until -> assumeNotNull(until), arrayFilter(until -> isNotNull(until), memberships.valid_until))
    ) as at
    where endsWith(subject_id, {mark:String})
        and at > {as_of:DateTime64(3, 'UTC')}
    union all
    -- Visits that have not begun, whether anything was worked out of them or
    -- not.
    select
        substring(subject_id, 1, length(subject_id) - 1) as id,
        arrayMin(ahead) as at
    from (
        select
            subject_id,
            arrayFilter(
                entered -> entered > {as_of:DateTime64(3, 'UTC')},
                visits.entered_at
            ) as ahead
        from batch_subject_journey
        where endsWith(subject_id, {mark:String})
    )
    where notEmpty(ahead)
    union all
    select
        subject_id as id,
        due_at as at
    from subject_due final
    where due_at > {as_of:DateTime64(3, 'UTC')}
        and subject_id in (
            select substring(subject_id, 1, length(subject_id) - 1)
            from batch_subject_history
        )
        and subject_id not in (
            select substring(subject_id, 1, length(subject_id) - 1)
            from batch_change
            where changed = 4294967295
        )
)
group by id
