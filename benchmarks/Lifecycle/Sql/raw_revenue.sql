-- What was paid for the orders of a month, without what was paid back of them.
select
    toStartOfMonth(ordered_at) as period_start,
    paid_in as currency,
    sum(paid_minor - least(refunded_minor, paid_minor)) as numerator
from
(
    select
        minIf(occurred_at, event = 'Order Completed') as ordered_at,
        argMinIf(currency, occurred_at, event = 'Order Completed') as paid_in,
        argMinIf(ifNull(revenue_minor, 0), occurred_at, event = 'Order Completed') as paid_minor,
        sumIf(
            -- One without an amount returns everything.
            if(ifNull(revenue_minor, 0) = 0, 1000000000000, abs(ifNull(revenue_minor, 0))),
            event = 'Order Refunded'
        ) as refunded_minor
    from touchpoint
    where event in ('Order Completed', 'Order Refunded')
        and not is_bot and not is_internal and not is_test
    group by if(order_id = '', event_id, order_id)
    having countIf(event = 'Order Completed') > 0
)
where ordered_at >= toStartOfMonth(today()) - interval 11 month
group by period_start, paid_in
order by period_start, paid_in
