    keys as
    (
        select
            subject_key,
            subject_id
        from <<work_list>>
        where refresh_no = {refresh_no:UInt64} and bucket = {bucket:UInt32}
    ),

    histories as
    (
        select
            subject_id,
            orders.event_id as order_event_id,
            orders.is_order as is_order,
            orders.voided_at as voided_at,
            reversals.reversed_at as reversed_at,
            reversals.event_id as reversed_by
        from subject_history<<final>>
        where <<is_new>>subject_id in (select subject_id from keys)
    ),

    -- The report of each order that counts; void_ms is far away if it stands.
    counted_orders as
    (
        select
            subject_id,
            event_id,
            ifNull(
                toUnixTimestamp64Milli(order_voided_at), {never:Int64}
            ) as void_ms
        from histories
        array join
            order_event_id as event_id,
            is_order as is_counted,
            voided_at as order_voided_at
        where is_counted
    ),

    matches as
    (
        select
            keys.subject_id as subject_id,
            event.event_id as event_id,
            toUnixTimestamp64Milli(event.occurred_at) as at_ms,
            event.event = 'Order Completed' as is_order,
            event.is_passive as is_passive,
            -- One bit per entry rule the event meets.
            <<rules>> as rules
        from stg_event as event
        inner join keys on keys.subject_key = event.subject_key
        where event.subject_key in (select subject_key from keys)
            and not event.is_excluded
            and event.event in {events:Array(String)}
            and rules != 0
    ),

    -- Second reports of an order are left out.
    lives as
    (
        select
            matches.subject_id as subject_id,
            arraySort(groupArray((
                matches.at_ms,
                matches.event_id,
                matches.rules,
                matches.is_order,
                matches.is_passive,
                if(matches.is_order, orders.void_ms, {never:Int64})
            ))) as received
        from matches
        left join counted_orders as orders
            on orders.subject_id = matches.subject_id
            and orders.event_id = matches.event_id
        where not matches.is_order or orders.event_id != ''
        group by matches.subject_id
    ),

