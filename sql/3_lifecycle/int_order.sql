-- purpose: Orders, once per business key, with their refunds; orders of anonymous subjects count too; a refund without its order is kept as a row with is_order = false, revenue 0 and the refund's own date
-- grain: one row per order_id
-- reads: subject_history, report_setting
-- time: instants in UTC; orders and refunds after T are left out, late orders and refunds change the row
with
    (
        select coalesce(as_of, toTimeZone(now64(3), 'UTC'))
        from report_setting final
    ) as as_of_instant
select
    order_id,
    subject_id,
    cast(not startsWith(subject_id, 'u:') as Bool) as is_anonymous,
    is_order,
    ordered_at,
    revenue_minor,
    cost_minor,
    arraySum(
        (amount, at) -> if(at <= as_of_instant, amount, 0),
        refund_minor,
        all_refunded_at
    ) as refunded_minor,
    -- The latest refund so far; NULL when there is none.
    if(
        refund_count = 0,
        null,
        arrayMax(arrayFilter(at -> at <= as_of_instant, all_refunded_at))
    ) as refunded_at,
    arrayCount(at -> at <= as_of_instant, all_refunded_at) as refund_count,
    currency,
    if(order_country = '', subject_history.country, order_country) as country,
    order_source as source,
    order_channel as channel,
    order_campaign as campaign,
    -- Wholly refunded; a part refund lowers net revenue and leaves the order.
    cast(ifNull(voided_at <= as_of_instant, false) as Bool) as is_refunded
from subject_history final
array join
    orders.order_id as order_id,
    orders.is_order as is_order,
    orders.ordered_at as ordered_at,
    orders.revenue_minor as revenue_minor,
    orders.cost_minor as cost_minor,
    orders.refund_minor as refund_minor,
    orders.refunded_at as all_refunded_at,
    orders.currency as currency,
    orders.country as order_country,
    orders.source as order_source,
    orders.channel as order_channel,
    orders.campaign as order_campaign,
    orders.voided_at as voided_at
where ordered_at <= as_of_instant
