-- purpose: Writes the accounts to work out: all in a rebuild, else those that are due and those the subjects of the work list have or had to do with, with all keys of all their members, in as many batches as these fill
-- grain: one row per account_id, subject_key
-- reads: batch_key, refresh_key, account_member, identity_link, stg_identity
-- time: no time zone
insert into <<account_list>>
(
    refresh_no,
    bucket,
    account_id,
    subject_key,
    contact_id
)
with
    members as
    (
        select
            account_id,
            subject_key
        from account_member final
        where {is_rebuild:Bool}
            or account_id in (
                select account_id
                from account_member
                where subject_key in (
                    select subject_key
                    from <<work_list>>
                    where refresh_no = {refresh_no:UInt64}
                )
            )
            or concat('g:', account_id) in (
                select subject_key
                from batch_key
            )
    ),

    contacts as
    (
        select distinct
            member.account_id as account_id,
            if(
                identity.subject_id = '',
                member.subject_key,
                identity.subject_id
            ) as contact_id
        from members as member
        left join (
            select
                alias_key,
                subject_id
            from stg_identity
            where alias_key in (select subject_key from members)
        ) as identity
            on identity.alias_key = member.subject_key
    )

select
    {refresh_no:UInt64} as refresh_no,
    cityHash64(concat('g:', account_id)) % toUInt32(least(
        {buckets:UInt32},
        intDiv(
            count() over () + {batch_subjects:UInt32} - 1,
            {batch_subjects:UInt32}
        )
    )) as bucket,
    account_id,
    subject_key,
    contact_id
from
(
    select
        account_id,
        contact_id as subject_key,
        contact_id
    from contacts
    union all
    select
        contacts.account_id as account_id,
        identity.alias_key as subject_key,
        contacts.contact_id as contact_id
    from contacts
    inner join (
        select
            alias_key,
            subject_id
        from stg_identity
        where alias_key in (
            select alias_key
            from identity_link
            where subject_key in (select contact_id from contacts)
        )
    ) as identity
        on identity.subject_id = contacts.contact_id
)
settings join_use_nulls = 0
