-- purpose: Adds the keys under which orders of these keys were reported too: an order reported twice counts for one subject only, and its refund may come under another
-- grain: one row per subject_key
-- reads: batch_key, touchpoint, order_touchpoint
-- time: no time zone
insert into batch_key (subject_key)
select distinct subject_key
from order_touchpoint
where order_id in (
        select if(order_id = '', event_id, order_id)
        from touchpoint
        where event in ('Order Completed', 'Order Refunded')
            and subject_key in (select subject_key from batch_key)
    )
    and subject_key not in (select subject_key from batch_key)
