-- purpose: Writes the work list of a run: the subjects the touched keys have to do with, now or before, those whose numbers become due, and all keys of each
-- grain: one row per subject_key
-- reads: refresh_touch, subject_due, identity_link, order_touchpoint, stg_event, stg_identity
-- time: no time zone
insert into refresh_key
(
    refresh_no,
    bucket,
    subject_key,
    subject_id
)
with
    touched as
    (
        select distinct subject_key
        from refresh_touch
        where refresh_no = {refresh_no:UInt64}
        union distinct
        select subject_id
        from subject_due
        where due_at > {last_as_of:DateTime64(3, 'UTC')}
            and due_at <= {as_of:DateTime64(3, 'UTC')}
    ),

    -- A new link may take an alias away from whom it belonged to, so everyone
    -- who was ever linked to the same alias is looked at.
    aliases as
    (
        select distinct alias_key
        from identity_link
        where subject_key in (select subject_key from touched)
            or alias_key in (select subject_key from touched)
    ),

    linked as
    (
        select subject_key
        from touched
        union distinct
        select alias_key
        from aliases
        union distinct
        select subject_key
        from identity_link
        where alias_key in (select alias_key from aliases)
    ),

    -- An order reported twice counts for one subject only, and its refund may
    -- come under another.
    concerned as
    (
        select subject_key
        from linked
        union distinct
        select subject_key
        from order_touchpoint
        where order_id in (
            select if(order_id = '', event_id, order_id)
            from stg_event
            where event in ('Order Completed', 'Order Refunded')
                and subject_key in (select subject_key from linked)
        )
    ),

    subjects as
    (
        select distinct
            if(
                identity.subject_id = '',
                concerned.subject_key,
                identity.subject_id
            ) as subject_id
        from concerned
        left join stg_identity as identity
            on identity.alias_key = concerned.subject_key
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
    where subject_id in (select subject_id from subjects)
)
settings join_use_nulls = 0
