-- What the events were like that came in a quarter of an hour, counted as they are stored: what is known when an event comes
-- needs no second look at it (docs/decisions/0009). All time zones in use
-- begin their days on a quarter of an hour.
create table received_count
(
    received_quarter  DateTime('UTC')         comment 'Beginning of the quarter of an hour the server accepted them in',
    source            LowCardinality(String)  comment 'Name of the sending source',
    key_id            LowCardinality(String)  comment 'Id of the write key they came with',
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
order by (received_quarter, source, key_id)
settings non_replicated_deduplication_window = 10000
comment 'Events accepted, by when they came and what they lack';

create materialized view received_count_from_touchpoint to received_count as
select
    toStartOfFifteenMinutes(received_at) as received_quarter,
    source,
    key_id,
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
from touchpoint
group by received_quarter, source, key_id;

-- What was stored before the view was there. With a token of its own, so that a migration that breaks off after this and is
-- run again adds nothing.
insert into received_count
settings insert_deduplication_token = '0220_received_count'
select
    toStartOfFifteenMinutes(received_at) as received_quarter,
    source,
    key_id,
    count(),
    countIf(is_bot),
    countIf(is_internal),
    countIf(is_test),
    countIf(received_at > occurred_at + interval 1 day),
    countIf(time_basis = 'received'),
    sum(greatest(dateDiff('millisecond', received_at, inserted_at), 0)),
    countIf(event = 'Order Completed'),
    countIf(event = 'Order Refunded'),
    countIf(user_id = ''),
    countIf(country = ''),
    countIf(order_id = '' and event in ('Order Completed', 'Order Refunded')),
    countIf(isNull(revenue_minor) and event = 'Order Completed')
from touchpoint final
group by received_quarter, source, key_id;
