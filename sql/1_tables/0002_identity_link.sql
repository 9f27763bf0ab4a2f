-- Which anonymous id belongs to which known user. Filled from touchpoints that carry both, and from alias calls.
-- The earliest link is kept, whatever order the events arrive in, and inserting an event twice changes nothing.
create table identity_link
(
    alias_key    String comment 'subject_key of the anonymous id, a: + id',
    subject_key  String comment 'subject_key of the known user, u: + id',
    linked_at    SimpleAggregateFunction(min, DateTime64(3, 'UTC')) comment 'Earliest event that links the two'
)
engine = AggregatingMergeTree
order by (alias_key, subject_key)
comment 'Links from anonymous to known ids';

create materialized view identity_link_from_touchpoint to identity_link as
select
    concat('a:', if(type = 'alias', previous_id, anonymous_id)) as alias_key,
    subject_key,
    min(occurred_at) as linked_at
from touchpoint
where user_id != '' and if(type = 'alias', previous_id, anonymous_id) != ''
group by alias_key, subject_key;
