-- purpose: Contributions to clv_historic_cell: what each customer paid, got back and cost within 30, 90, 180, 365 and 730 days of the first order, once these are over
-- grain: one row per subject_id, currency, horizon_days, effective_at
-- reads: subject_history, report_setting
-- time: windows in days of 24 hours, without their last instant; first_order_date in the report time zone; a refund lowers the window its order is in, from the refund on
with
    assumeNotNull((
        select time_zone from report_setting final
    )) as report_zone,

-- Amounts of different currencies are never added: each has a life of its own.
accounts as (
    select
        subject_id,
        channel::String as channel,
        campaign::String as campaign,
        persona::String as persona,
        country::String as country,
        source::String as source,
        arrayZip(
            orders.ordered_at,
            orders.currency,
            orders.is_order,
            orders.revenue_minor,
            orders.cost_minor,
            orders.refunded_at,
            orders.refund_minor
        ) as list,
        arrayJoin(arrayDistinct(arrayMap(
            o -> o.2, arrayFilter(o -> o.3, list)
        ))) as account_currency
    from subject_history final
    where startsWith(subject_id, 'u:') and has(orders.is_order, true)
),

-- A refund whose order is unknown is in the list, but is no order placed.
horizons as (
    select
        subject_id,
        channel,
        campaign,
        persona,
        country,
        source,
        account_currency,
        arrayMin(arrayMap(
            o -> o.1,
            arrayFilter(o -> o.3 and o.2 = account_currency, list)
        )) as first_ordered_at,
        arrayJoin([30, 90, 180, 365, 730]) as horizon_days,
        first_ordered_at + toIntervalDay(horizon_days) as ends_at,
        arrayFilter(
            o -> o.3
                and o.2 = account_currency
                and o.1 >= first_ordered_at
                and o.1 < ends_at,
            list
        ) as inside
    from accounts
),

-- effective_at, customers, maturing, revenue, refunded, cost
changes as (
    select
        subject_id,
        channel,
        campaign,
        persona,
        country,
        source,
        account_currency,
        horizon_days,
        first_ordered_at,
        arrayJoin(arrayConcat(
            [
                (first_ordered_at, 0, 1, 0, 0, 0),
                (
                    ends_at,
                    1,
                    -1,
                    arraySum(o -> o.4, inside),
                    0,
                    arraySum(o -> ifNull(o.5, 0), inside)
                )
            ],
            arrayFlatten(arrayMap(
                o -> arrayMap(
                    (at, amount) -> (
                        greatest(at, ends_at), 0, 0, 0, amount, 0
                    ),
                    o.6, o.7
                ),
                inside
            ))
        )) as change
    from horizons
)

select
    subject_id,
    change.1 as effective_at,
    channel,
    campaign,
    persona,
    country,
    source,
    toUInt16(horizon_days) as horizon_days,
    account_currency as currency,
    toDate(toTimeZone(first_ordered_at, report_zone)) as first_order_date,
    toInt64(change.2) as customer_count,
    toInt64(change.3) as maturing_count,
    toInt64(change.4) as revenue_minor,
    toInt64(change.5) as refunded_minor,
    toInt64(change.6) as cost_minor
from changes
