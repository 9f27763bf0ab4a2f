-- The events KPIs look at besides orders: surveys, cases, referrals, points, mails, subscriptions. One row per subject,
-- always replaced as a whole, like subject_history, so that what a subject contributes is read by its id alone.
create table subject_event
(
    subject_id  String  comment 'Resolved subject',
    events Nested
    (
        occurred_at   DateTime64(3, 'UTC'),
        event_id      String,
        event         LowCardinality(String),
        source        LowCardinality(String),
        channel       LowCardinality(String),
        campaign      LowCardinality(String),
        reference     String,
        quantity      Nullable(Float64),
        amount_minor  Nullable(Int64),
        currency      LowCardinality(String),
        properties    String
    ),
    version     UInt64           comment 'Number of the refresh that wrote the row',
    is_deleted  UInt8 default 0  comment '1 = the subject has none any more'
)
engine = ReplacingMergeTree(version, is_deleted)
order by subject_id
settings index_granularity = 1024
comment 'Events of a subject in time order, written by the refresh';
