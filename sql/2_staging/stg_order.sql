-- purpose: Orders by business key with their refunds: the first report of an order counts, refunds are capped at its revenue, a refund without its order stands alone
-- grain: one row per order_id
-- reads: order_touchpoint, stg_identity
-- time: instants in UTC; a late report that is earlier takes the order over, a late refund voids from its own instant on
with
    -- A refund reported twice has the same refund id or, where it has none, the
    -- same instant and amount. An amount of -1 means all of it.
    reports as
    (
        select
            report.order_id as order_id,
            report.is_refund as is_refund,
            (
                report.occurred_at,
                report.event_id,
                if(
                    identity.subject_id = '',
                    report.subject_key,
                    identity.subject_id
                ),
                if(
                    is_refund,
                    if(
                        ifNull(report.revenue_minor, 0) = 0,
                        toInt64(-1),
                        toInt64(abs(ifNull(report.revenue_minor, 0)))
                    ),
                    ifNull(report.revenue_minor, 0)
                ),
                report.cost_minor,
                cast(report.currency as String),
                cast(report.source as String),
                if(
                    report.refund_id = '',
                    concat(
                        toString(report.occurred_at),
                        ' ',
                        ifNull(toString(report.revenue_minor), '')
                    ),
                    report.refund_id
                )
            ) as fields
        from order_touchpoint as report final
        left join stg_identity as identity
            on identity.alias_key = report.subject_key
    ),

    -- Grouped in one step, so that a filter on order_id reaches the table.
    orders as
    (
        select
            order_id,
            countIf(not is_refund) > 0 as is_order,
            minIf(fields, not is_refund) as first_report,
            arraySort(groupArrayIf(fields, is_refund)) as refund_reports
        from reports
        group by order_id
    ),

    -- 1 at, 2 event id, 3 subject, 4 amount, 5 cost, 6 currency, 7 source, 8 key
    refunded as
    (
        select
            order_id,
            is_order,
            arrayFilter(
                (refund, occurrence) -> occurrence = 1,
                refund_reports,
                arrayEnumerateUniq(arrayMap(r -> r.8, refund_reports))
            ) as refunds,
            if(is_order, first_report, refunds[1]) as report,
            if(is_order, greatest(report.4, 0), 0) as paid_minor,
            -- Running totals as claimed.
            arrayCumSum(
                arrayMap(r -> if(r.4 >= 0, r.4, paid_minor), refunds)
            ) as claimed_minor,
            -- The refund that returns the last of the revenue voids the order.
            if(
                is_order,
                arrayFirstIndex(c -> c >= paid_minor, claimed_minor),
                0
            ) as voiding_index
        from orders
    )

select
    order_id,
    cast(is_order as Bool) as is_order,
    report.2 as event_id,
    report.3 as subject_id,
    report.1 as ordered_at,
    if(is_order, report.4, 0) as revenue_minor,
    if(is_order, report.5, null) as cost_minor,
    report.6 as currency,
    report.7 as source,
    arrayMap(r -> greatest(r.1, report.1), refunds) as refunded_at,
    -- Cut at what was paid; a refund without its order is taken as claimed.
    arraySlice(
        arrayDifference(
            arrayPushFront(
                arrayMap(
                    c -> if(is_order, least(c, paid_minor), c), claimed_minor
                ),
                0
            )
        ),
        2
    ) as refund_minor,
    if(voiding_index = 0, null, refunded_at[voiding_index]) as voided_at,
    if(voiding_index = 0, '', refunds[voiding_index].2) as voided_by
from refunded
settings join_use_nulls = 0
