-- purpose: The events of every contact of one batch
-- grain: one row per subject_id, event_id
-- reads: the work list, stg_event
-- time: instants in UTC
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
    concat(
        if(linked.subject_id = '', event.subject_key, linked.subject_id),
        {mark:String}
    ) as subject_id,
    event.event_id as event_id,
    event.type as type,
    event.event as event,
    event.occurred_at as occurred_at,
    event.account_id as account_id,
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
-- Most keys are subjects. A join that finds each row's match or none passes the
-- columns of events on as they are.
left any join (
    select
        subject_key,
        subject_id
    from keys
    where subject_key != subject_id
) as linked on linked.subject_key = event.subject_key
where event.subject_key in (select subject_key from keys)
    and not event.is_excluded
