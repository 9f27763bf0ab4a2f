-- purpose: Contributions to rfm_cell: last order, number of orders and net revenue of each customer over the last 365 days, from each instant on at which one of them changed
-- grain: one row per subject_id, effective_at, customer_count
-- reads: subject_history, report_setting
-- time: windows of 365 days of 24 hours, the last instant included; last_order_date in the report time zone; orders and refunds at their instants
with
    assumeNotNull((
        select time_zone from report_setting final
    )) as report_zone,

-- 1 at, 2 end in the window, 3 currency, 4 revenue, 5 refunds
histories as (
    select
        subject_id,
        channel::String as channel,
        campaign::String as campaign,
        persona::String as persona,
        country::String as country,
        source::String as source,
        -- An order that is wholly refunded leaves before the window does.
        arrayFilter(
            (o, is_order) -> is_order,
            arrayMap(
                (at, voided_at, currency, revenue, refunds_at, refunds) -> (
                    at,
                    least(
                        at + toIntervalDay(365) + toIntervalMillisecond(1),
                        ifNull(
                            voided_at,
                            toDateTime64('2299-01-01 00:00:00', 3, 'UTC')
                        )
                    ),
                    currency::String,
                    revenue,
                    arrayZip(refunds_at, refunds)
                ),
                orders.ordered_at,
                orders.voided_at,
                orders.currency,
                orders.revenue_minor,
                orders.refunded_at,
                orders.refund_minor
            ),
            orders.is_order
        ) as placed,
        arraySort(arrayDistinct(arrayConcat(
            arrayMap(o -> o.1, placed),
            arrayMap(o -> o.2, placed),
            arrayFlatten(arrayMap(o -> arrayMap(r -> r.1, o.5), placed))
        ))) as instants
    from subject_history final
    where startsWith(subject_id, 'u:') and has(orders.is_order, true)
),

states as (
    select
        subject_id,
        channel,
        campaign,
        persona,
        country,
        source,
        arrayJoin(arrayZip(
            arrayPopBack(instants), arrayPopFront(instants)
        )) as valid,
        arrayFilter(o -> o.1 <= valid.1 and o.2 > valid.1, placed) as inside,
        arrayMap(o -> o.3, inside) as currencies,
        arraySort(
            c -> (countEqual(currencies, c), c), arrayDistinct(currencies)
        )[-1] as main_currency
    from histories
),

changes as (
    select
        subject_id,
        channel,
        campaign,
        persona,
        country,
        source,
        main_currency,
        toDate(toTimeZone(arrayMax(o -> o.1, inside), report_zone))
            as last_order_date,
        toUInt32(length(inside)) as order_count,
        arraySum(
            o -> if(
                o.3 = main_currency,
                o.4 - arraySum(r -> if(r.1 <= valid.1, r.2, 0), o.5),
                0
            ),
            inside
        ) as net_revenue_minor,
        arrayJoin([(valid.1, 1), (valid.2, -1)]) as change
    from states
    where notEmpty(inside)
)

select
    subject_id,
    change.1 as effective_at,
    channel,
    campaign,
    persona,
    country,
    source,
    main_currency as currency,
    last_order_date,
    order_count,
    net_revenue_minor,
    toInt64(change.2) as customer_count
from changes
