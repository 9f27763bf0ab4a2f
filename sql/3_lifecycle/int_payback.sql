-- purpose: What each order and refund of a customer adds to the margin of the month of the customer's first order
-- grain: one row per subject_id, effective_at, cohort_month, month_no, currency
-- reads: subject_history, report_setting
-- time: months of the report time zone; an order counts from its instant, a refund from its own in the month of the order
with
    assumeNotNull((
        select time_zone from report_setting final
    )) as report_zone,

    -- o: 1 at, 2 revenue, 3 cost, 4 currency, 5 refunded at, 6 refunds
    customers as
    (
        select
            subject_id,
            channel,
            campaign,
            persona,
            country,
            source,
            arrayMap(
                o -> (
                    o.1, o.2, ifNull(o.3, 0), o.4::String, o.5, o.6,
                    toStartOfMonth(toDate(toTimeZone(o.1, report_zone)))
                ),
                arrayFilter(
                    (o, is_order) -> is_order,
                    arrayZip(
                        orders.ordered_at,
                        orders.revenue_minor,
                        orders.cost_minor,
                        orders.currency,
                        orders.refunded_at,
                        orders.refund_minor
                    ),
                    orders.is_order
                )
            ) as placed,
            placed[1].7 as cohort_month
        from subject_history final
        where startsWith(subject_id, 'u:')
    ),

    -- 1 at, 2 month, 3 currency, 4 customers, 5 revenue, 6 refund, 7 cost
    changes as
    (
        select
            subject_id,
            channel,
            campaign,
            persona,
            country,
            source,
            cohort_month,
            arrayJoin(arrayConcat(
                arrayMap(
                    (o, order_no) -> (
                        o.1, o.7, o.4, toInt64(order_no = 1), o.2,
                        toInt64(0), o.3
                    ),
                    placed,
                    arrayEnumerate(placed)
                ),
                arrayFlatten(arrayMap(
                    o -> arrayMap(
                        (at, amount) -> (
                            at, o.7, o.4, toInt64(0), toInt64(0),
                            amount, toInt64(0)
                        ),
                        o.5,
                        o.6
                    ),
                    placed
                ))
            )) as change
        from customers
    )

select
    subject_id,
    change.1 as effective_at,
    channel::String as channel,
    campaign::String as campaign,
    persona::String as persona,
    country::String as country,
    source::String as source,
    cohort_month,
    toUInt16(dateDiff('month', cohort_month, change.2)) as month_no,
    change.3 as currency,
    change.4 as customer_count,
    change.5 as revenue_minor,
    change.6 as refunded_minor,
    change.7 as cost_minor
from changes
settings join_use_nulls = 0
