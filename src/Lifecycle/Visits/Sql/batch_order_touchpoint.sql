-- purpose: Takes all reports of the orders that the subjects of a batch have to do with into memory, under whatever subject they came
-- grain: one row per order_id, subject_key, event_id
-- reads: batch_event, order_touchpoint
-- time: instants in UTC
insert into batch_order_touchpoint
select *
from order_touchpoint final
where order_id in (
    select if(order_id = '', event_id, order_id)
    from batch_event
    where event in ('Order Completed', 'Order Refunded')
)
