-- purpose: Every touchpoint, once, with the subject it belongs to; bots, internal and test traffic are in it and flagged
-- grain: one row per event_id
-- reads: stg_event, stg_identity
-- time: instants in UTC; a late event or merge shows at once and changes the subject of earlier touchpoints too
select
    event.event_id as event_id,
    event.occurred_at as occurred_at,
    event.received_at as received_at,
    if(identity.subject_id = '', event.subject_key, identity.subject_id) as subject_id,
    event.type as type,
    event.event as event,
    event.source as source,
    event.channel as channel,
    event.campaign as campaign,
    event.user_id as user_id,
    event.anonymous_id as anonymous_id,
    event.account_id as account_id,
    event.country as country,
    event.order_id as order_id,
    event.revenue_minor as revenue_minor,
    event.currency as currency,
    event.time_basis as time_basis,
    event.is_bot as is_bot,
    event.is_internal as is_internal,
    event.is_test as is_test,
    event.properties as properties
from stg_event as event
left join stg_identity as identity on identity.alias_key = event.subject_key
settings join_use_nulls = 0
