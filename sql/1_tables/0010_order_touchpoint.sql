-- The order and refund events once more, by order instead of by subject: an order may be reported twice under
-- different subjects (browser and shop system), and its refund under a third, so orders are put together by their id.
create table order_touchpoint
(
    order_id       String                 comment 'Business key of the order; the event id where an event names no order',
    event_id       String                 comment 'The event that reports it',
    subject_key    String                 comment 'Subject key of the event, before identities are resolved',
    is_refund      Bool                   comment 'true = Order Refunded, false = Order Completed',
    refund_id      String                 comment 'Business key of the refund (properties.refund_id), empty if it has none',
    occurred_at    DateTime64(3, 'UTC')   comment 'Effective time of the event',
    revenue_minor  Nullable(Int64)        comment 'Amount of the order or refund in minor units of currency; NULL for a refund = all of it',
    cost_minor     Nullable(Int64)        comment 'Direct cost of the order in minor units of currency',
    currency       LowCardinality(String) comment 'ISO 4217 code of the amounts',
    source         LowCardinality(String) comment 'Name of the sending source'
)
engine = ReplacingMergeTree
order by (order_id, subject_key, event_id)
comment 'Orders and refunds as reported, by order';

create materialized view order_touchpoint_from_touchpoint to order_touchpoint as
select
    if(order_id = '', event_id, order_id) as order_id,
    event_id,
    subject_key,
    event = 'Order Refunded' as is_refund,
    if(is_refund, JSONExtractString(properties, 'refund_id'), '') as refund_id,
    occurred_at,
    revenue_minor,
    cost_minor,
    currency,
    source
from touchpoint
where event in ('Order Completed', 'Order Refunded')
    and not is_bot and not is_internal and not is_test;
