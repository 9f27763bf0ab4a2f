-- purpose: Takes the events of every subject of one batch into memory, where all that follows reads them
-- grain: one row per subject_id, event_id
-- reads: the work list, stg_event
-- time: instants in UTC
insert into <<events>>
(
    subject_id,
    event_id,
    type,
    event,
    occurred_at,
    account_id,
    source,
    channel,
    campaign,
    country,
    order_id,
    revenue_minor,
    currency,
    score,
    properties,
    traits,
    is_passive
)
with
    keys as
    (
        select
            subject_key,
            subject_id
        from <<work_list>>
        where refresh_no = {refresh_no:UInt64}
            and bucket = {bucket:UInt32}
            and not startsWith(subject_id, 'g:')
    )

select
    concat(keys.subject_id, {mark:String}) as subject_id,
    event.event_id,
    event.type,
    event.event,
    event.occurred_at,
    event.account_id,
    event.source,
    event.channel,
    event.campaign,
    event.country,
    event.order_id,
    event.revenue_minor,
    event.currency,
    event.score,
    event.properties,
    event.traits,
    event.is_passive
from stg_event as event
inner join keys on keys.subject_key = event.subject_key
where event.subject_key in (select subject_key from keys)
    and not event.is_excluded
