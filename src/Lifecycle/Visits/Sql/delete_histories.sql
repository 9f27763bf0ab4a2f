-- purpose: Marks subjects as deleted that the run looked at and found nothing of: merged into others, or erased
-- grain: one row per subject_id
-- reads: subject_history, refresh_key
-- time: no time zone
insert into subject_history
(
    subject_id,
    version,
    is_deleted
)
select
    subject_id,
    {refresh_no:UInt64},
    1
from subject_history final
where version < {refresh_no:UInt64}
    and (
        {is_rebuild:Bool}
        or subject_id in (
            select subject_key
            from refresh_key
            where refresh_no = {refresh_no:UInt64}
        )
    )
