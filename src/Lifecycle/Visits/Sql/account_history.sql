-- purpose: Writes the history of every account of one batch: only what slices and readers of stages need, as its days and orders are those of its members
-- grain: one row per account
-- reads: batch_event
-- time: instants in UTC; nothing depends on the clock
insert into batch_subject_history
(
    subject_id,
    account_id,
    country,
    source,
    channel,
    campaign,
    first_seen_at,
    last_seen_at,
    touchpoint_count,
    version
)
with
    touched as
    (
        select
            subject_id,
            any(account_id) as account_id,
            argMaxIf(
                country, (occurred_at, event_id), country != ''
            ) as country,
            argMin(
                (source, channel, campaign),
                (lm_is_statement(type, event), occurred_at, event_id)
            ) as first_touch,
            min(occurred_at) as first_seen_at,
            max(occurred_at) as last_seen_at,
            count() as touchpoint_count
        from batch_event
        group by subject_id
    )

select
    subject_id,
    account_id,
    country,
    first_touch.1 as source,
    first_touch.2 as channel,
    first_touch.3 as campaign,
    first_seen_at,
    last_seen_at,
    touchpoint_count,
    {refresh_no:UInt64} as version
from touched
