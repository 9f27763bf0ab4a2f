    histories as
    (
        select
            subject_id,
            orders.event_id as order_event_id,
            orders.is_order as is_order,
            orders.voided_at as voided_at,
            reversals.reversed_at as reversed_at,
            reversals.event_id as reversed_by
        from <<histories>>
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

    -- What the rules of all models ask of an event, one bit each.
    answered as
    (
        select
            event.subject_id as subject_id,
            event.event_id as event_id,
            toUnixTimestamp64Milli(event.occurred_at) as at_ms,
            event.event = 'Order Completed' as is_order,
            event.is_passive as is_passive,
            <<answers>> as answers
        from <<events>> as event
        where event.event in {events:Array(String)}
    ),

    -- Second reports of an order are left out.
    -- e: 1 at, 2 event id, 3 answers, 4 is order, 5 is passive, 6 void at
    contacts as
    (
        select
            answered.subject_id as subject_id,
            arraySort(groupArray((
                answered.at_ms,
                answered.event_id,
                answered.answers,
                answered.is_order,
                answered.is_passive,
                if(answered.is_order, orders.void_ms, {never:Int64})
            ))) as events
        from answered
        left any join counted_orders as orders
            on orders.subject_id = answered.subject_id
            and orders.event_id = answered.event_id
        where answered.answers != 0
            and (not answered.is_order or orders.event_id != '')
        group by answered.subject_id
    ),

    -- One row per subject and model, with the events that meet a rule of it.
    -- Events are put in order once for all models.
    lives as
    (
        select
            subject_id,
            model_no,
            <<picks>>,
            arrayFilter(
                e -> e.3 != 0 or e.7 != 0,
                arrayMap(
                    e -> (
                        e.1,
                        e.2,
                        toUInt32(<<leads_into>>),
                        e.4,
                        e.5,
                        e.6,
                        toUInt32(<<counts_for>>)
                    ),
                    contacts.events
                )
            ) as received
        from contacts
        array join {model_nos:Array(UInt8)} as model_no
        where notEmpty(received)
    ),

