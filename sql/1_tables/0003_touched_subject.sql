-- Which subjects have new events: the to-do list of the incremental refresh, kept for a week.
create table touched_subject
(
    touched_at   DateTime64(3, 'UTC') comment 'When the event was stored',
    batch_id     UInt64               comment 'Spool segment of the event',
    subject_key  String               comment 'Subject key of the event, before identities are resolved'
)
engine = MergeTree
order by (touched_at, subject_key)
ttl toDateTime(touched_at) + interval 7 day
comment 'Subjects with new events, for the incremental refresh';

create materialized view touched_subject_from_touchpoint to touched_subject as
select max(inserted_at) as touched_at, batch_id, subject_key
from touchpoint
group by batch_id, subject_key;
