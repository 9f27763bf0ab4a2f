-- purpose: Writes the history of every account of one batch: only what slices and readers of stages need, as its days and orders are those of its members
-- grain: one row per account
-- reads: refresh_account, stg_event
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
<<account_event>>
    -- wanted: 1 says something about the contact, 2 country, 3 first touch
    touched as
    (
        select
            account_id,
            argMaxIf(
                wanted.2, (at_ms, event_id), wanted.2 != ''
            ) as country,
            argMin(wanted.3, (wanted.1, at_ms, event_id)) as first_touch,
            min(at_ms) as first_ms,
            max(at_ms) as last_ms,
            count() as touchpoint_count
        from account_events
        group by account_id
    )
select
    concat('g:', account_id, {mark:String}) as subject_id,
    account_id,
    country,
    first_touch.1 as source,
    first_touch.2 as channel,
    first_touch.3 as campaign,
    fromUnixTimestamp64Milli(first_ms, 'UTC') as first_seen_at,
    fromUnixTimestamp64Milli(last_ms, 'UTC') as last_seen_at,
    touchpoint_count,
    {refresh_no:UInt64} as version
from touched
settings join_use_nulls = 0
