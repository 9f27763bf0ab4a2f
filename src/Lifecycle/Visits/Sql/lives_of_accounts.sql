    -- Orders of the members as far as they count, whoever they count for.
    member_orders as
    (
        select
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
        where subject_id in (
                select contact_id
                from <<account_list>>
                where refresh_no = {refresh_no:UInt64}
                    and bucket = {bucket:UInt32}
            )
            and is_counted
    ),

    -- Second reports of an order are left out.
    -- e: 1 at, 2 event id, 3 answers, 4 is order, 5 is passive, 6 void at
    -- change: 1 at, 2 is void, 3 order, 4 by how much, 5 cause
    accounts as
    (
        select
            answered.subject_id as subject_id,
            arraySort(groupArrayIf(
                (
                    answered.at_ms,
                    answered.event_id,
                    answered.answers,
                    answered.is_order,
                    answered.is_passive,
                    if(answered.is_order, orders.void_ms, {never:Int64})
                ),
                answered.answers != 0
            )) as events,
            arraySort(arrayConcat(
                groupArrayIf(
                    (answered.at_ms, 0, answered.order_id, 1, ''),
                    answered.is_order
                ),
                groupArrayIf(
                    (orders.void_ms, 1, answered.order_id, -1, orders.voided_by),
                    answered.is_order and orders.void_ms != {never:Int64}
                )
            )) as changes
        from answered
        left any join member_orders as orders
            on orders.order_id = answered.order_id
            and orders.event_id = answered.event_id
        where not answered.is_order or orders.event_id != ''
        group by answered.subject_id
    ),

    -- The refund that leaves an account without an order turns its conversion
    -- back.
    lives as
    (
        select
            subject_id,
            events,
            arrayFilter(
                (change, order_count) -> change.4 = -1 and order_count = 0,
                changes,
                arrayCumSum(change -> change.4, changes)
            ) as reversals,
            arrayMap(
                r -> fromUnixTimestamp64Milli(r.1, 'UTC'), reversals
            ) as reversed_at,
            arrayMap(r -> r.5, reversals) as reversed_by
        from accounts
    ),
