-- What the refresh did and which touched subjects it has taken in. Rows of touched_subject can become visible after
-- later ones, so each run looks back over an overlap and leaves out the touches of finished runs.
create table refresh_run
(
    refresh_no      UInt64                comment 'Number of the run; also the version of the rows it writes',
    status          Enum8('started' = 1, 'finished' = 2, 'failed' = 3) comment 'A run has a row for its start and one for its end',
    is_rebuild      Bool                  comment 'true = all subjects were worked out anew',
    touched_until   DateTime64(3, 'UTC')  comment 'Latest touched_at the run took in',
    time_zone       String                comment 'Report time zone the active days were counted in',
    subject_count   UInt64                comment 'Subjects worked out',
    duration_ms     UInt64                comment 'How long it took',
    logged_at       DateTime64(3, 'UTC') default now64(3) comment 'When the row was written'
)
engine = MergeTree
order by (refresh_no, status)
comment 'Runs of the lifecycle refresh';

create table refresh_touch
(
    refresh_no   UInt64               comment 'Run that took the touch in',
    touched_at   DateTime64(3, 'UTC') comment 'As in touched_subject',
    batch_id     UInt64               comment 'As in touched_subject',
    subject_key  String               comment 'As in touched_subject'
)
engine = MergeTree
order by (touched_at, refresh_no)
ttl toDateTime(touched_at) + interval 8 day
comment 'Touches the refresh has taken in';

create table refresh_key
(
    refresh_no   UInt64               comment 'Run that works on it',
    bucket       UInt32               comment 'Batch within the run',
    subject_key  String               comment 'Key of events to read',
    subject_id   String               comment 'Subject these events belong to',
    created_at   DateTime default now() comment 'When the row was written'
)
engine = MergeTree
order by (refresh_no, bucket, subject_key)
ttl created_at + interval 1 day
comment 'Work list of a refresh: the subjects to work out and all their keys';
