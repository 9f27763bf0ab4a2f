-- purpose: Puts the accounts of a run on its work list, as subjects with g: before their id; also those that are due and have no members any more
-- grain: one row per account
-- reads: refresh_account, batch_key
-- time: no time zone
insert into refresh_key
(
    refresh_no,
    bucket,
    subject_key,
    subject_id
)
select
    {refresh_no:UInt64},
    min(bucket),
    id as subject_key,
    id as subject_id
from (
    select
        bucket,
        concat('g:', account_id) as id
    from refresh_account
    where refresh_no = {refresh_no:UInt64}
    union all
    select
        0 as bucket,
        subject_key as id
    from batch_key
    where startsWith(subject_key, 'g:')
        and not {is_rebuild:Bool}
        and subject_key not in (
            select concat('g:', account_id)
            from refresh_account
            where refresh_no = {refresh_no:UInt64}
        )
)
group by id
