-- purpose: The events of every account of one batch: those that name it, and those of its members while they belong to it
-- grain: one row per subject_id, event_id
-- reads: the list of accounts, stg_event
-- time: instants in UTC
with
    members as
    (
        select
            account_id,
            subject_key,
            contact_id
        from <<account_list>>
        where refresh_no = {refresh_no:UInt64} and bucket = {bucket:UInt32}
    ),

    keys as
    (
        select distinct
            subject_key,
            contact_id
        from members
    ),

    -- When a contact came to which account, and left one: 1 at, 2 event id,
    -- 3 account
    moves as
    (
        select
            keys.contact_id as contact_id,
            arraySort(groupArrayIf(
                (event.occurred_at, event.event_id, event.account_id),
                event.type = 'group' and event.account_id != ''
            )) as joins,
            groupArrayIf(
                (event.occurred_at, event.event_id, event.account_id),
                event.event = 'Account Removed User'
            ) as leaves
        from stg_event as event
        inner join keys on keys.subject_key = event.subject_key
        where event.subject_key in (select subject_key from keys)
            and not event.is_excluded
            and (event.type = 'group' or event.event = 'Account Removed User')
        group by contact_id
    ),

    -- An event belongs to the account it names, else to that of the latest
    -- group call up to it, unless the contact has left that account since.
    arrayLast(move -> move.1 <= event.occurred_at, member.joins) as joined,
    multiIf(
        event.account_id != '', event.account_id,
        arrayExists(
            move -> move.1 <= event.occurred_at
                and (move.1, move.2) > (joined.1, joined.2)
                and move.3 in ('', joined.3),
            member.leaves
        ), '',
        joined.3
    ) as owner_id

select
    concat('g:', owner_id, {mark:String}) as subject_id,
    event.event_id as event_id,
    event.type as type,
    event.event as event,
    event.occurred_at as occurred_at,
    owner_id as account_id,
    event.source as source,
    event.channel as channel,
    event.campaign as campaign,
    event.country as country,
    event.order_id as order_id,
    event.revenue_minor as revenue_minor,
    event.currency as currency,
    event.score as score,
    event.properties as properties,
    event.traits as traits,
    event.is_passive as is_passive
from stg_event as event
inner join (
    select
        keys.subject_key as subject_key,
        moves.joins as joins,
        moves.leaves as leaves
    from keys
    left join moves on moves.contact_id = keys.contact_id
) as member on member.subject_key = event.subject_key
where event.subject_key in (select subject_key from keys)
    and not event.is_excluded
    and owner_id in (select account_id from members)
