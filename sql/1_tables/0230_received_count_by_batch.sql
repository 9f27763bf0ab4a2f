-- A block that ClickHouse was killed over may be in touchpoint and not be counted, or be counted twice: its record of tokens is
-- written before the rows are. So counts are kept by spool segment, and what is known of one segment can be compared with its
-- rows and made anew (docs/decisions/0009).
drop view if exists received_count_from_touchpoint;

-- What was counted before goes to the segments its events came from. What is left under none is of events that are deleted.
create or replace table received_count
(
    received_quarter  DateTime('UTC')         comment 'Beginning of the quarter of an hour the server accepted them in',
    source            LowCardinality(String)  comment 'Name of the sending source',
    key_id            LowCardinality(String)  comment 'Id of the write key they came with',
    batch_id          UInt64                  comment 'Spool segment their rows were written from',
    event_count       Int64                   comment 'Events',
    bot_count         Int64                   comment 'Of them sent by a crawler or a machine',
    internal_count    Int64                   comment 'Of them sent by the company''s own people',
    test_count        Int64                   comment 'Of them sent as a test',
    late_count        Int64                   comment 'Of them received more than a day after they happened',
    undated_count     Int64                   comment 'Of them counted at the time of receipt for want of one of their own',
    lag_ms            Int64                   comment 'Milliseconds from receipt until ClickHouse stored them, all together',
    order_count       Int64                   comment 'Of them orders',
    refund_count      Int64                   comment 'Of them refunds',
    no_user_count     Int64                   comment 'Of them without a user id',
    no_country_count  Int64                   comment 'Of them without a country',
    no_order_id_count Int64                   comment 'Orders and refunds without an order id',
    no_revenue_count  Int64                   comment 'Orders without revenue'
)
engine = SummingMergeTree
order by (received_quarter, source, key_id, batch_id)
settings non_replicated_deduplication_window = 10000
comment 'Events accepted, by when they came and what they lack'
as
with stored as (
    select
        toStartOfFifteenMinutes(received_at) as received_quarter,
        source,
        key_id,
        batch_id,
        toInt64(count()) as event_count,
        toInt64(countIf(is_bot)) as bot_count,
        toInt64(countIf(is_internal)) as internal_count,
        toInt64(countIf(is_test)) as test_count,
        toInt64(countIf(received_at > occurred_at + interval 1 day)) as late_count,
        toInt64(countIf(time_basis = 'received')) as undated_count,
        toInt64(sum(greatest(dateDiff('millisecond', received_at, inserted_at), 0))) as lag_ms,
        toInt64(countIf(event = 'Order Completed')) as order_count,
        toInt64(countIf(event = 'Order Refunded')) as refund_count,
        toInt64(countIf(user_id = '')) as no_user_count,
        toInt64(countIf(country = '')) as no_country_count,
        toInt64(countIf(order_id = '' and event in ('Order Completed', 'Order Refunded'))) as no_order_id_count,
        toInt64(countIf(isNull(revenue_minor) and event = 'Order Completed')) as no_revenue_count
    from touchpoint final
    group by received_quarter, source, key_id, batch_id
)

select * from stored
union all
select received_quarter, source, key_id, toUInt64(0), columns('(_count|_ms)$') apply (measure -> -measure) from stored
union all
select received_quarter, source, key_id, toUInt64(0), columns('(_count|_ms)$') from received_count;

create table received_touchpoint
(
    received_at   DateTime64(3, 'UTC'),
    occurred_at   DateTime64(3, 'UTC'),
    inserted_at   DateTime64(3, 'UTC'),
    time_basis    Enum8('explicit' = 1, 'corrected' = 2, 'received' = 3),
    source        LowCardinality(String),
    key_id        LowCardinality(String),
    batch_id      UInt64,
    event         LowCardinality(String),
    user_id       String,
    country       LowCardinality(String),
    order_id      String,
    revenue_minor Nullable(Int64),
    is_bot        Bool,
    is_internal   Bool,
    is_test       Bool
)
engine = Null
comment 'What is counted of a touchpoint when it is stored; rows pass through, and pass again when a segment is counted anew';

create materialized view received_count_from_received_touchpoint to received_count as
select
    toStartOfFifteenMinutes(received_at) as received_quarter,
    source,
    key_id,
    batch_id,
    toInt64(count()) as event_count,
    toInt64(countIf(is_bot)) as bot_count,
    toInt64(countIf(is_internal)) as internal_count,
    toInt64(countIf(is_test)) as test_count,
    -- More than a day on its way: daily numbers that were looked at change.
    toInt64(countIf(received_at > occurred_at + interval 1 day)) as late_count,
    toInt64(countIf(time_basis = 'received')) as undated_count,
    -- A clock set back between the two servers makes no negative time.
    toInt64(sum(greatest(dateDiff('millisecond', received_at, inserted_at), 0))) as lag_ms,
    toInt64(countIf(event = 'Order Completed')) as order_count,
    toInt64(countIf(event = 'Order Refunded')) as refund_count,
    toInt64(countIf(user_id = '')) as no_user_count,
    toInt64(countIf(country = '')) as no_country_count,
    toInt64(countIf(order_id = '' and event in ('Order Completed', 'Order Refunded'))) as no_order_id_count,
    toInt64(countIf(isNull(revenue_minor) and event = 'Order Completed')) as no_revenue_count
from received_touchpoint
group by received_quarter, source, key_id, batch_id;

create materialized view received_touchpoint_from_touchpoint to received_touchpoint as
select
    received_at,
    occurred_at,
    inserted_at,
    time_basis,
    source,
    key_id,
    batch_id,
    event,
    user_id,
    country,
    order_id,
    revenue_minor,
    is_bot,
    is_internal,
    is_test
from touchpoint;
