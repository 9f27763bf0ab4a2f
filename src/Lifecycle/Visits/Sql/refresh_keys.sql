-- purpose: Writes the work list of a run: the subjects the keys of the run belong to, and all keys of each; accounts come later
-- grain: one row per subject_key
-- reads: batch_key, identity_link, stg_identity
-- time: no time zone
insert into refresh_key
(
    refresh_no,
    bucket,
    subject_key,
    subject_id
)
with
    subjects as
    (
        select distinct
            if(
                identity.subject_id = '',
                key.subject_key,
                identity.subject_id
            ) as subject_id
        from batch_key as key
        left join (
            select
                alias_key,
                subject_id
            from stg_identity
            where alias_key in (select subject_key from batch_key)
        ) as identity
            on identity.alias_key = key.subject_key
        where not startsWith(key.subject_key, 'g:')
    )

select
    {refresh_no:UInt64} as refresh_no,
    cityHash64(subject_id) % {buckets:UInt32} as bucket,
    subject_key,
    subject_id
from
(
    select
        subject_id as subject_key,
        subject_id
    from subjects
    union all
    select
        alias_key as subject_key,
        subject_id
    from stg_identity
    where alias_key in (
            select alias_key
            from identity_link
            where subject_key in (select subject_id from subjects)
        )
        and subject_id in (select subject_id from subjects)
)
settings join_use_nulls = 0
