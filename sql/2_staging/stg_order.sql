-- purpose: Orders by business key with their refunds: the first report of an order counts, refunds are capped at its revenue, a refund without its order stands alone
-- grain: one row per order_id
-- reads: order_touchpoint, stg_identity
-- time: instants in UTC; a late report that is earlier takes the order over, a late refund voids from its own instant on
with
    reports as
    (
        select
            report.order_id as order_id,
            report.event_id as event_id,
            if(identity.subject_id = '', report.subject_key, identity.subject_id) as subject_id,
            report.is_refund as is_refund,
            report.refund_id as refund_id,
            report.occurred_at as occurred_at,
            report.revenue_minor as revenue_minor,
            report.cost_minor as cost_minor,
            report.currency as currency,
            report.source as source
        from order_touchpoint as report final
        left join stg_identity as identity
            on identity.alias_key = report.subject_key
    ),

    -- One row per refund: a refund reported twice has the same refund id or,
    -- where it has none, the same instant and amount.
    refunds as
    (
        select
            order_id,
            min((
                occurred_at,
                event_id,
                if(
                    ifNull(revenue_minor, 0) = 0,
                    toInt64(-1),
                    toInt64(abs(assumeNotNull(revenue_minor)))
                ),
                subject_id,
                toString(currency),
                toString(source)
            )) as refund
        from reports
        where is_refund
        group by
            order_id,
            if(
                refund_id = '',
                concat(
                    toString(occurred_at),
                    ' ',
                    ifNull(toString(revenue_minor), '')
                ),
                refund_id
            )
    ),

    refunds_by_order as
    (
        select
            order_id,
            arraySort(groupArray(refund)) as refunds
        from refunds
        group by order_id
    ),

    orders as
    (
        select
            order_id,
            min((
                occurred_at,
                event_id,
                subject_id,
                ifNull(revenue_minor, 0),
                cost_minor,
                toString(currency),
                toString(source)
            )) as report
        from reports
        where not is_refund
        group by order_id
    )

select
    if(orders.order_id = '', refunded.order_id, orders.order_id) as order_id,
    cast(orders.order_id != '' as Bool) as is_order,
    if(is_order, orders.report.2, refunded.refunds[1].2) as event_id,
    if(is_order, orders.report.3, refunded.refunds[1].4) as subject_id,
    if(is_order, orders.report.1, refunded.refunds[1].1) as ordered_at,
    if(is_order, orders.report.4, 0) as revenue_minor,
    if(is_order, orders.report.5, null) as cost_minor,
    if(is_order, orders.report.6, refunded.refunds[1].5) as currency,
    if(is_order, orders.report.7, refunded.refunds[1].6) as source,
    arrayMap(r -> greatest(r.1, ordered_at), refunded.refunds) as refunded_at,
    -- Running totals as claimed (an amount of -1 means all of it), then cut at
    -- what was paid; a refund without its order is taken as claimed.
    arrayCumSum(
        arrayMap(
            r -> multiIf(r.3 >= 0, r.3, is_order, greatest(revenue_minor, 0), 0),
            refunded.refunds
        )
    ) as claimed_minor,
    arrayDifference(
        arrayConcat(
            [toInt64(0)],
            arrayMap(
                c -> if(is_order, least(c, greatest(revenue_minor, 0)), c),
                claimed_minor
            )
        )
    ) as steps_minor,
    arraySlice(steps_minor, 2) as refund_minor,
    arrayMap(r -> r.2, refunded.refunds) as refund_event_id,
    -- The refund that returns the last of the revenue voids the order.
    if(
        is_order,
        arrayFirstIndex(c -> c >= revenue_minor, claimed_minor),
        0
    ) as voiding_index,
    if(voiding_index = 0, null, refunded_at[voiding_index]) as voided_at,
    if(voiding_index = 0, '', refund_event_id[voiding_index]) as voided_by
from orders
full join refunds_by_order as refunded on refunded.order_id = orders.order_id
settings join_use_nulls = 0
