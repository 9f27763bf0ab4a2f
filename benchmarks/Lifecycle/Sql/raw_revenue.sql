-- What was paid for the orders of a month, without what was paid back of them.
select
    toStartOfMonth(ordered_at) as period_start,
    currency,
    sum(revenue_minor - least(refunded_minor, revenue_minor)) as numerator
from
(
    select
        minIf(occurred_at, event = 'Order Completed') as ordered_at,
        argMinIf(currency, occurred_at, event = 'Order Completed') as currency,
        argMinIf(ifNull(revenue_minor, 0), occurred_at, event = 'Order Completed') as revenue_minor,
        sumIf(
            if(ifNull(revenue_minor, 0) = 0, 1000000000000, revenue_minor),
            event = 'Order Refunded'
        ) as refunded_minor
    from touchpoint
    where event in ('Order Completed', 'Order Refunded')
        and not is_bot and not is_internal and not is_test
    group by if(order_id = '', event_id, order_id)
    having countIf(event = 'Order Completed') > 0
)
where ordered_at >= toStartOfMonth(today()) - interval 11 month
group by period_start, currency
order by period_start, currency
