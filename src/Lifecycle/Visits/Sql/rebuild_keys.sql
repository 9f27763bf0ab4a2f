-- purpose: Writes the work list of a rebuild: all subjects and all their keys
-- grain: one row per subject_key
-- reads: touchpoint, stg_identity
-- time: no time zone
insert into <<work_list>>
(
    refresh_no,
    bucket,
    subject_key,
    subject_id
)
select
    {refresh_no:UInt64} as refresh_no,
    cityHash64(subject_id) % {buckets:UInt32} as bucket,
    keys.subject_key as subject_key,
    if(
        identity.subject_id = '', keys.subject_key, identity.subject_id
    ) as subject_id
from
(
    select distinct subject_key
    from touchpoint
) as keys
left join stg_identity as identity on identity.alias_key = keys.subject_key
settings join_use_nulls = 0
