-- purpose: Writes the work list of a rebuild: all subjects and all their keys, in batches of subjects that lie together in the tables
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
with
    owners as
    (
        select
            keys.subject_key as subject_key,
            if(
                identity.subject_id = '',
                keys.subject_key,
                identity.subject_id
            ) as subject_id
        from (
            select distinct subject_key
            from touchpoint
        ) as keys
        left join stg_identity as identity
            on identity.alias_key = keys.subject_key
    ),

    ranks as
    (
        select
            subject_key,
            subject_id,
            dense_rank() over (order by subject_id) as rank
        from owners
    )

select
    {refresh_no:UInt64} as refresh_no,
    intDiv((rank - 1) * {buckets:UInt32}, max(rank) over ()) as bucket,
    subject_key,
    subject_id
from ranks
settings join_use_nulls = 0
