-- purpose: Touchpoints of real customers only, without bots, internal and test traffic, with the subject they belong to
-- grain: one row per subject_id, event_id
-- reads: stg_event, stg_identity
-- time: instants in UTC; a late event or merge shows at once and changes the subject of earlier touchpoints too
select
    if(identity.subject_id = '', event.subject_key, identity.subject_id) as subject_id,
    event.event_id as event_id,
    event.type as type,
    event.event as event,
    event.occurred_at as occurred_at,
    event.source as source,
    event.channel as channel,
    event.campaign as campaign,
    event.account_id as account_id,
    event.country as country,
    event.order_id as order_id,
    event.revenue_minor as revenue_minor,
    event.currency as currency,
    event.score as score,
    event.properties as properties,
    event.traits as traits,
    event.is_passive as is_passive
from stg_event as event
left join stg_identity as identity on identity.alias_key = event.subject_key
where not event.is_excluded
settings join_use_nulls = 0
