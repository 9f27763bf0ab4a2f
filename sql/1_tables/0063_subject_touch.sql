-- What attribution may credit: visits and clicks in time order, one row per subject, always replaced as a whole.
create table subject_touch
(
    subject_id  String  comment 'Resolved subject',
    touches Nested
    (
        occurred_at  DateTime64(3, 'UTC'),
        event_id     String,
        event        LowCardinality(String),
        source       LowCardinality(String),
        channel      LowCardinality(String),
        campaign     LowCardinality(String)
    ),
    version     UInt64           comment 'Number of the refresh that wrote the row',
    is_deleted  UInt8 default 0  comment '1 = the subject has none any more'
)
engine = ReplacingMergeTree(version, is_deleted)
order by subject_id
settings index_granularity = 1024
comment 'Marketing touches of a subject in time order, written by the refresh';
