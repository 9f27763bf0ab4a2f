-- purpose: Notes for each subject of one batch when its numbers change next without a new event
-- grain: one row per subject_id
-- reads: batch_due
-- time: instants in UTC, all after T
insert into subject_due
(
    subject_id,
    due_at,
    version
)
select
    substring(subject_id, 1, length(subject_id) - length({mark:String})),
    min(due_at),
    {refresh_no:UInt64}
from batch_due
group by subject_id
