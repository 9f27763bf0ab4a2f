-- purpose: Which persona each subject was when, at any instant one or none
-- grain: one row per subject_id, valid_from
-- reads: subject_persona, report_setting
-- time: instants in UTC; memberships that begin after T are left out, an end that is scheduled after T is in valid_until
with
    (
        select coalesce(as_of, toTimeZone(now64(3), 'UTC'))
        from report_setting final
    ) as as_of_instant
select
    subject_id,
    membership.1 as persona,
    membership.2 as origin,
    membership.3 as valid_from,
    membership.4 as valid_until,
    membership.5 as cause_event_id,
    ifNull(valid_until > as_of_instant, true) as is_current
from subject_persona final
array join arrayZip(
    memberships.persona,
    memberships.origin,
    memberships.valid_from,
    memberships.valid_until,
    memberships.cause_event_id
) as membership
where valid_from <= as_of_instant
