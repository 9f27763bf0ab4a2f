-- purpose: Marks rows of one table by subject as deleted for subjects that the run looked at and found nothing of: merged into others, or erased; << >> is filled in by SubjectRefresh
-- grain: one row per subject_id
-- reads: refresh_key and the table itself
-- time: no time zone
insert into <<table>>
(
    subject_id,
    version,
    is_deleted
)
select
    subject_id,
    {refresh_no:UInt64},
    1
from <<table>> final
where version < {refresh_no:UInt64}
    and (
        {is_rebuild:Bool}
        or subject_id in (
            select subject_key
            from refresh_key
            where refresh_no = {refresh_no:UInt64}
        )
    )
