-- purpose: Which buyer persona each customer or visitor was when, and why; at any instant one or none
-- grain: one row per subject_id, valid_from
-- reads: int_persona_membership
-- time: instants in UTC; a late event or merge changes memberships from its own instant on
select
    subject_id,
    valid_from,
    valid_until,
    persona::String as persona,
    origin::String as origin,
    is_current::Bool as is_current,
    cause_event_id
from int_persona_membership
