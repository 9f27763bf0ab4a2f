-- purpose: What each order and refund adds to the sums of a day: orders and revenue on the order's day, refunds on the order's day and, as cash, on their own
-- grain: one row per subject_id, effective_at, revenue_date
-- reads: subject_history, report_setting
-- time: days of the report time zone; an order counts from its instant, a refund from its own
with
    assumeNotNull((
        select time_zone from report_setting final
    )) as report_zone,

entries as (
    select
        subject_id,
        channel,
        campaign,
        persona,
        if(order_country = '', subject_history.country, order_country)
            as country_of_order,
        source,
        currency,
        toDate(toTimeZone(ordered_at, report_zone)) as ordered_date,
        -- effective_at, day, orders, revenue, refund by order, refund as cash
        arrayJoin(arrayConcat(
            [(
                ordered_at, ordered_date,
                toInt64(is_order), revenue_minor, toInt64(0), toInt64(0)
            )],
            arrayMap(
                (at, amount) -> (
                    at, ordered_date,
                    toInt64(0), toInt64(0), amount, toInt64(0)
                ),
                refunded_at, refund_minor
            ),
            arrayMap(
                (at, amount) -> (
                    at, toDate(toTimeZone(at, report_zone)),
                    toInt64(0), toInt64(0), toInt64(0), amount
                ),
                refunded_at, refund_minor
            )
        )) as entry
    from subject_history final
    array join
        orders.country as order_country,
        orders.channel as channel,
        orders.campaign as campaign,
        orders.source as source,
        orders.currency as currency,
        orders.is_order as is_order,
        orders.ordered_at as ordered_at,
        orders.revenue_minor as revenue_minor,
        orders.refunded_at as refunded_at,
        orders.refund_minor as refund_minor
    where not startsWith(subject_id, 'g:')
)

select
    subject_id,
    entry.1 as effective_at,
    channel::String as channel,
    campaign::String as campaign,
    persona::String as persona,
    country_of_order::String as country,
    source::String as source,
    currency,
    entry.2 as revenue_date,
    ordered_date as rate_date,
    entry.3 as order_count,
    entry.4 as revenue_minor,
    entry.5 as refunded_minor,
    entry.6 as cash_refunded_minor
from entries
