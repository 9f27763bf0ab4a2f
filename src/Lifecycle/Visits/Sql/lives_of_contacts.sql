    -- The reports of orders that count, and when each was voided: far away if it
    -- stands.
    histories as
    (
        select
            subject_id,
            arrayFilter(
                (event_id, is_order) -> is_order,
                orders.event_id, orders.is_order
            ) as order_event_ids,
            arrayFilter(
                (void_ms, is_order) -> is_order,
                arrayMap(
                    at -> ifNull(toUnixTimestamp64Milli(at), {never:Int64}),
                    orders.voided_at
                ),
                orders.is_order
            ) as voids_ms,
            reversals.reversed_at as reversed_at,
            reversals.event_id as reversed_by
        from <<histories>>
    ),

    contacts as
    (
        select
            subject_id,
            groupArray(
                (at_ms, event_id, answers, is_order, is_passive)
            ) as events
        from answered
        where answers != 0
        group by subject_id
    ),

    -- Second reports of an order are left out.
    -- e: 1 at, 2 event id, 3 answers, 4 is order, 5 is passive, 6 void at
    lives as
    (
        select
            contacts.subject_id as subject_id,
            histories.reversed_at as reversed_at,
            histories.reversed_by as reversed_by,
            arraySort(arrayConcat(
                arrayMap(
                    e -> (e.1, e.2, e.3, e.4, e.5, {never:Int64}),
                    arrayFilter(e -> not e.4, contacts.events)
                ),
                arrayMap(
                    e -> (
                        e.1, e.2, e.3, e.4, e.5,
                        voids_ms[indexOf(order_event_ids, e.2)]
                    ),
                    arrayFilter(
                        e -> has(order_event_ids, e.2),
                        arrayFilter(e -> e.4, contacts.events)
                    )
                )
            )) as events
        from contacts
        inner join histories on histories.subject_id = contacts.subject_id
    ),
