-- Everything that happened between the company and a customer, as received and validated: one row per event.
-- Order key: all events of one subject lie together (stage visits fold over them), and a resend of an event id
-- has the same key, so that ReplacingMergeTree keeps one of them; read it with FINAL, as stg_touchpoint does.
-- No partition key: a resend may carry another clock and must still meet its first copy.
create table touchpoint
(
    event_id         String                  comment 'The sender''s messageId; the identity of the event',
    type             LowCardinality(String)  comment 'track, identify, page, screen, group or alias',
    event            LowCardinality(String)  comment 'What happened: the event name of a track call; Page Viewed, Screen Viewed, Identified, Grouped, Aliased for the others',
    subject_key      String                  comment 'u: + user id if known, else a: + anonymous id, before identities are resolved',
    user_id          String                  comment 'Known user id, empty if anonymous',
    anonymous_id     String                  comment 'Anonymous (device) id, empty if none was sent',
    previous_id      String                  comment 'alias calls only: the id that is merged into user_id',
    account_id       String                  comment 'Account (group) the event belongs to, empty if none',
    occurred_at      DateTime64(3, 'UTC')    comment 'Effective time: when it happened, corrected for a wrong client clock',
    received_at      DateTime64(3, 'UTC')    comment 'When this server accepted it',
    sent_at          Nullable(DateTime64(3, 'UTC')) comment 'When the client says it sent it',
    time_basis       Enum8('explicit' = 1, 'corrected' = 2, 'received' = 3) comment 'Where occurred_at comes from: the sender''s own timestamp, the timestamp corrected by received_at - sent_at, or received_at',
    source           LowCardinality(String)  comment 'Name of the sending source: the write key''s or import''s source name',
    channel          LowCardinality(String)  comment 'Channel as the sender named it (properties.channel), empty if it did not',
    campaign         LowCardinality(String)  comment 'Campaign name (context.campaign.name, properties.campaign or utm_campaign)',
    campaign_source  LowCardinality(String)  comment 'context.campaign.source or utm_source',
    campaign_medium  LowCardinality(String)  comment 'context.campaign.medium or utm_medium',
    referrer         String                  comment 'Referring URL (context.page.referrer)',
    country          LowCardinality(String)  comment 'ISO 3166 two-letter code from traits or context, empty if unknown',
    order_id         String                  comment 'Business key of an order or refund',
    revenue_minor    Nullable(Int64)         comment 'Revenue, refund or cost amount of the event in minor units of currency',
    currency         LowCardinality(String)  comment 'ISO 4217 code of revenue_minor, empty if there is none',
    cost_minor       Nullable(Int64)         comment 'Direct cost of an order (goods, shipping) in minor units of currency',
    score            Nullable(Float64)       comment 'Answer of a survey question (properties.score)',
    properties       String                  comment 'properties of track, page and screen calls as sent (JSON object)',
    traits           String                  comment 'traits of identify and group calls as sent (JSON object)',
    context          String                  comment 'context as sent (JSON object)',
    is_bot           Bool                    comment 'Sent by a crawler or a machine',
    is_internal      Bool                    comment 'Sent by the company''s own people',
    is_test          Bool                    comment 'Sent as a test',
    key_id           LowCardinality(String)  comment 'Id of the write key it came with',
    batch_id         UInt64                  comment 'Spool segment the row was written from',
    batch_seq        UInt64                  comment 'Position of the row in that segment',
    inserted_at      DateTime64(3, 'UTC') default now64(3) comment 'When ClickHouse stored the row'
)
engine = ReplacingMergeTree
order by (subject_key, event_id)
settings non_replicated_deduplication_window = 10000
comment 'Touchpoints as received, one row per event';
