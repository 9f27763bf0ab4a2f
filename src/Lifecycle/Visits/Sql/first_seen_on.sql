-- purpose: The first local day on which any subject that a run worked out, or any at all for a new base, was seen; the last there is if there are none
-- grain: one row
-- reads: subject_history
-- time: days of the report time zone
select ifNull(
    minOrNull(toDate(first_seen_at, {time_zone:String})),
    toDate('2149-06-06')
) as first_seen_on
from subject_history
where not is_deleted
    and ({is_new_base:Bool} or version = {refresh_no:UInt64})
