-- What is known of a subject, worked out from all its touchpoints: one row per subject, always replaced as a whole, so
-- that a reader never sees half of a change. A subject that is merged into another gets a row with is_deleted = 1.
create table subject_history
(
    subject_id        String                 comment 'Resolved subject: u: + user id, or a: + anonymous id',
    account_id        String                 comment 'Account of the latest touchpoint that names one',
    country           LowCardinality(String) comment 'Country of the latest touchpoint that names one',
    persona           LowCardinality(String) comment 'Persona of the latest identify call that names one',
    source            LowCardinality(String) comment 'Source of the first touch',
    channel           LowCardinality(String) comment 'Channel of the first touch',
    campaign          LowCardinality(String) comment 'Campaign of the first touch',
    first_seen_at     DateTime64(3, 'UTC')   comment 'First touchpoint',
    last_seen_at      DateTime64(3, 'UTC')   comment 'Latest touchpoint',
    touchpoint_count  UInt64                 comment 'Touchpoints',
    active_dates      Array(Date)            comment 'Days in the report time zone on which the subject did something',
    orders Nested
    (
        order_id      String,
        event_id      String,
        is_order      Bool,
        ordered_at    DateTime64(3, 'UTC'),
        revenue_minor Int64,
        cost_minor    Nullable(Int64),
        currency      LowCardinality(String),
        country       LowCardinality(String),
        source        LowCardinality(String),
        channel       LowCardinality(String),
        campaign      LowCardinality(String),
        voided_at     Nullable(DateTime64(3, 'UTC')),
        refunded_at   Array(DateTime64(3, 'UTC')),
        refund_minor  Array(Int64)
    ),
    reversals Nested
    (
        reversed_at   DateTime64(3, 'UTC'),
        event_id      String
    ),
    version           UInt64                 comment 'Number of the refresh that wrote the row',
    is_deleted        UInt8 default 0        comment '1 = there is no such subject any more'
)
engine = ReplacingMergeTree(version, is_deleted)
order by subject_id
comment 'Subjects with their orders and active days, written by the refresh';
