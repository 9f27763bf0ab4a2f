-- purpose: Takes the events of every subject of one batch into memory, where all that follows reads them
-- grain: one row per subject_id, event_id
-- reads: what events_of_contacts.sql or events_of_accounts.sql read
-- time: instants in UTC
insert into batch_event
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
<<events_of_subjects>>
settings join_use_nulls = 0
