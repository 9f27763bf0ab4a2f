-- purpose: Subjects (customers and anonymous visitors) with the channel of their first touch and their latest traits
-- grain: one row per subject_id
-- reads: subject_history, report_setting
-- time: instants in UTC; subjects first seen after T are left out, late events and merges change the row
with
    (
        select coalesce(as_of, toTimeZone(now64(3), 'UTC'))
        from report_setting final
    ) as as_of_instant
select
    subject_id,
    cast(startsWith(subject_id, 'u:') as Bool) as is_identified,
    account_id,
    country,
    persona,
    source,
    channel,
    campaign,
    first_seen_at,
    last_seen_at,
    touchpoint_count
from subject_history final
where first_seen_at <= as_of_instant
    -- Accounts are not subjects of these rows; their members are.
    and not startsWith(subject_id, 'g:')
