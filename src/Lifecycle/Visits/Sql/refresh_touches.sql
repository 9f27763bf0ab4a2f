-- purpose: Notes which touches a run takes in: those that no finished run has taken in yet
-- grain: one row per touched_at, batch_id, subject_key
-- reads: touched_subject, refresh_touch, refresh_run
-- time: touches become visible a little after touched_at, so the last {overlap_seconds} before the latest one are looked at again
insert into refresh_touch
(
    refresh_no,
    touched_at,
    batch_id,
    subject_key
)
with
    (
        select
            if(
                countIf(status = 'finished') = 0,
                toDateTime64(0, 3, 'UTC'),
                maxIf(touched_until, status = 'finished')
                    - toIntervalSecond({overlap_seconds:UInt32})
            )
        from refresh_run
    ) as since
select
    {refresh_no:UInt64} as refresh_no,
    touched_at,
    batch_id,
    subject_key
from touched_subject
where touched_at > since
    and (touched_at, batch_id, subject_key) not in (
        select
            touched_at,
            batch_id,
            subject_key
        from refresh_touch
        where touched_at > since
            and refresh_no in (
                select refresh_no
                from refresh_run
                where status = 'finished'
            )
    )
