-- purpose: Writes the work list of a rebuild of the cells: all subjects, without their keys, as no event is read, in batches that lie together in the tables
-- grain: one row per subject_id
-- reads: subject_history
-- time: no time zone
insert into refresh_key
(
    refresh_no,
    bucket,
    subject_key,
    subject_id
)
select
    {refresh_no:UInt64} as refresh_no,
    intDiv((rank - 1) * {buckets:UInt32}, max(rank) over ()) as bucket,
    subject_id as subject_key,
    subject_id
from (
    select
        subject_id,
        row_number() over (order by subject_id) as rank
    from subject_history final
)
