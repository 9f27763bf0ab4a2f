-- What became of the events that were sent, by minute, key and source. A server counts in memory and writes the count of a
-- minute anew when it has grown; the highest count of a key holds, so that a row written twice is one. Each run of a server
-- counts under an id of its own, and the counts of all runs are added up.
create table ingest_outcome
(
    received_minute  DateTime('UTC')         comment 'Minute of receipt',
    key_id           LowCardinality(String)  comment 'Id of the write key',
    source           LowCardinality(String)  comment 'Source name of the key or import',
    outcome          Enum8('accepted' = 1, 'duplicate' = 2, 'rejected' = 3) comment 'What became of the events',
    reason           LowCardinality(String)  comment 'Why they were rejected, empty for the others',
    run_id           String                  comment 'Run of the server that counted',
    event_count      UInt64                  comment 'Events of the minute counted by the run so far'
)
engine = ReplacingMergeTree(event_count)
order by (received_minute, key_id, source, outcome, reason, run_id)
comment 'Events sent, by what became of them';
