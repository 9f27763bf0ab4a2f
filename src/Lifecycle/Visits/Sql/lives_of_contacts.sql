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

    -- One row per event and model in which it meets an entry rule.
    -- met: 1 model, 2 stages it leads into, 3 rules that count events
    matches as
    (
        select
            subject_id,
            event_id,
            at_ms,
            is_order,
            is_passive,
            arrayJoin(arrayFilter(
                m -> m.2 != 0 or m.3 != 0,
                arrayMap(
                    (no, stages, counts) -> (
                        no,
                        toUInt32(arraySum(
                            (test, i) -> bitShiftLeft(
                                toUInt32(bitAnd(answers, test) != 0), i - 1
                            ),
                            stages,
                            arrayEnumerate(stages)
                        )),
                        toUInt32(arraySum(
                            (test, i) -> bitShiftLeft(
                                toUInt32(bitAnd(answers, test) != 0), i - 1
                            ),
                            counts,
                            arrayEnumerate(counts)
                        ))
                    ),
                    {model_nos:Array(UInt8)},
                    {stage_tests:Array(Array(UInt64))},
                    {count_tests:Array(Array(UInt64))}
                )
            )) as met
        from answered
        where answers != 0
    ),

    -- Second reports of an order are left out.
    lives as
    (
        select
            matches.subject_id as subject_id,
            matches.met.1 as model_no,
            arraySort(groupArray((
                matches.at_ms,
                matches.event_id,
                matches.met.2,
                matches.is_order,
                matches.is_passive,
                if(matches.is_order, orders.void_ms, {never:Int64}),
                matches.met.3
            ))) as received
        from matches
        left any join counted_orders as orders
            on orders.subject_id = matches.subject_id
            and orders.event_id = matches.event_id
        where not matches.is_order or orders.event_id != ''
        group by matches.subject_id, model_no
    ),

