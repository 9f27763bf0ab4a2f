-- purpose: Marks journeys of the models in use as deleted that the run looked at and found no visit for
-- grain: one row per model_id, model_version, subject_id
-- reads: subject_journey, refresh_key
-- time: no time zone
insert into subject_journey
(
    model_id,
    model_version,
    subject_id,
    version,
    is_deleted
)
select
    model_id,
    model_version,
    subject_id,
    {refresh_no:UInt64},
    1
from subject_journey final
where has(
        {model_versions:Array(String)},
        concat(model_id, ' ', toString(model_version))
    )
    and version < {refresh_no:UInt64}
    and (
        {is_rebuild:Bool}
        or subject_id in (
            select subject_key
            from refresh_key
            where refresh_no = {refresh_no:UInt64}
        )
    )
