-- purpose: Writes the work list of a rebuild of the cells: all subjects, without their keys, as no event is read
-- grain: one row per subject_id
-- reads: subject_history, subject_journey
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
    cityHash64(subject_id) % {buckets:UInt32} as bucket,
    subject_id as subject_key,
    subject_id
from subject_history final
