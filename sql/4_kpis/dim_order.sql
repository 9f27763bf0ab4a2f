-- purpose: Orders with what was paid back of them; refunds whose order is unknown are not in it
-- grain: one row per order_id
-- reads: int_order
-- time: instants in UTC; a late refund changes the order it belongs to
select
    order_id,
    subject_id,
    ordered_at,
    revenue_minor,
    refunded_minor,
    revenue_minor - refunded_minor as net_revenue_minor,
    currency,
    country,
    source,
    channel,
    campaign,
    is_anonymous::Bool as is_anonymous,
    is_refunded::Bool as is_refunded
from int_order
where is_order
