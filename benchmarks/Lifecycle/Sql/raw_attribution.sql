-- Revenue by the channel of the last visit or click in the 30 days before the order.
select
    toStartOfMonth(placed.1) as period_start,
    arrayLast(
        touch -> touch.1 <= placed.1 and touch.1 >= placed.1 - interval 30 day,
        touches
    ).2 as channel,
    sum(placed.2) as numerator
from
(
    select
        if(identity.subject_id = '', touch.subject_key, identity.subject_id) as subject_id,
        arraySort(groupArrayIf(
            (touch.occurred_at, cast(touch.channel as String)), touch.event != 'Order Completed'
        )) as touches,
        groupArrayIf(
            (touch.occurred_at, ifNull(touch.revenue_minor, 0)), touch.event = 'Order Completed'
        ) as orders
    from touchpoint as touch
    left join stg_identity as identity on identity.alias_key = touch.subject_key
    where not touch.is_bot and not touch.is_internal and not touch.is_test
        and (
            touch.type in ('page', 'screen')
            or touch.event in ('Ad Clicked', 'Email Clicked', 'Referral Accepted', 'Order Completed')
        )
    group by subject_id
    having notEmpty(orders)
)
array join orders as placed
where period_start >= toStartOfMonth(today()) - interval 11 month
group by period_start, channel
order by period_start, channel
settings join_use_nulls = 0
