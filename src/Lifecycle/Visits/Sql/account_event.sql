    members as
    (
        select
            account_id,
            subject_key,
            contact_id
        from <<account_list>>
        where refresh_no = {refresh_no:UInt64} and bucket = {bucket:UInt32}
    ),

    -- 1 at, 2 event id, 3 the account it names, 4 what is wanted of it
    contacts as
    (
        select
            member.contact_id as contact_id,
            groupArrayIf(
                (
                    toUnixTimestamp64Milli(event.occurred_at),
                    event.event_id,
                    event.account_id,
                    <<wanted>>
                ),
                <<is_wanted>>
            ) as events,
            arraySort(groupArrayIf(
                (
                    toUnixTimestamp64Milli(event.occurred_at),
                    event.event_id,
                    event.account_id
                ),
                event.type = 'group' and event.account_id != ''
            )) as joins,
            groupArrayIf(
                (
                    toUnixTimestamp64Milli(event.occurred_at),
                    event.event_id,
                    event.account_id
                ),
                event.event = 'Account Removed User'
            ) as leaves
        from stg_event as event
        inner join (
            select distinct
                subject_key,
                contact_id
            from members
        ) as member
            on member.subject_key = event.subject_key
        where event.subject_key in (select subject_key from members)
            and not event.is_excluded
            and (
                <<is_wanted>>
                or event.type = 'group'
                or event.event = 'Account Removed User'
            )
        group by member.contact_id
    ),

    -- An event belongs to the account it names, else to that of the latest
    -- group call up to it, unless the contact has left that account since.
    account_events as
    (
        select
            contact_id,
            event.1 as at_ms,
            event.2 as event_id,
            event.4 as wanted,
            arrayLast(c -> c.1 <= event.1, joins) as joined,
            multiIf(
                event.3 != '', event.3,
                arrayExists(
                    c -> c.1 <= event.1
                        and (c.1, c.2) > (joined.1, joined.2)
                        and c.3 in ('', joined.3),
                    leaves
                ), '',
                joined.3
            ) as account_id
        from contacts
        array join events as event
        where account_id in (select account_id from members)
    ),
