<<account_event>>
    -- Orders of the members as far as they count, whoever they count for.
    member_orders as
    (
        select
            subject_id as contact_id,
            order_id,
            event_id,
            ifNull(
                toUnixTimestamp64Milli(order_voided_at), {never:Int64}
            ) as void_ms,
            voided_by
        from subject_history final
        array join
            orders.order_id as order_id,
            orders.event_id as event_id,
            orders.is_order as is_counted,
            orders.voided_at as order_voided_at,
            orders.voided_by as voided_by
        where subject_id in (select contact_id from members) and is_counted
    ),

    -- Second reports of an order are left out.
    -- wanted: 1 rules: model, stages, rules that count events; 2 is order,
    --     3 is passive
    accounts as
    (
        select
            concat('g:', events.account_id, {mark:String}) as subject_id,
            arraySort(groupArrayIf(
                (
                    events.at_ms,
                    events.event_id,
                    events.wanted.1.2,
                    events.wanted.2,
                    events.wanted.3,
                    if(events.wanted.2, orders.void_ms, {never:Int64}),
                    events.wanted.1.3
                ),
                events.wanted.1.2 != 0 or events.wanted.1.3 != 0
            )) as received,
            arraySort(arrayConcat(
                groupArrayIf(
                    (events.at_ms, 0, orders.order_id, 1, ''),
                    events.wanted.2
                ),
                groupArrayIf(
                    (
                        orders.void_ms,
                        1,
                        orders.order_id,
                        -1,
                        orders.voided_by
                    ),
                    events.wanted.2 and orders.void_ms != {never:Int64}
                )
            )) as changes,
            arrayFilter(
                (change, order_count) -> change.4 = -1 and order_count = 0,
                changes,
                arrayCumSum(change -> change.4, changes)
            ) as reversals
        from account_events as events
        left join member_orders as orders
            on orders.contact_id = events.contact_id
            and orders.event_id = events.event_id
        where not events.wanted.2 or orders.event_id != ''
        group by events.account_id
    ),

    lives as
    (
        select
            subject_id,
            toUInt8(1) as model_no,
            received,
            arrayMap(
                r -> fromUnixTimestamp64Milli(r.1, 'UTC'), reversals
            ) as reversed_at,
            arrayMap(r -> r.5, reversals) as reversed_by
        from accounts
    ),
