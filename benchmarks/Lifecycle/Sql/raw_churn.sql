-- Of the customers active in the 180 days before a month, how many were not in the 180 days before its end.
select
    period_start,
    countIf(not is_active_at_end) as numerator,
    count() as denominator
from
(
    select
        arrayJoin(arrayMap(
            i -> toStartOfMonth(today()) - toIntervalMonth(i), range(1, 12)
        )) as period_start,
        arrayExists(
            day -> day < period_start and day + 180 >= period_start, days
        ) as is_active_at_start,
        period_start + interval 1 month as period_end,
        arrayExists(day -> day < period_end and day + 180 >= period_end, days)
            as is_active_at_end
    from
    (
        select
            if(identity.subject_id = '', touch.subject_key, identity.subject_id) as subject_id,
            groupUniqArray(toDate(touch.occurred_at)) as days
        from touchpoint as touch
        left join stg_identity as identity on identity.alias_key = touch.subject_key
        where not touch.is_bot and not touch.is_internal and not touch.is_test
            and touch.event not in (
                'Ad Impression', 'Email Sent', 'Email Delivered', 'Email Bounced', 'Push Notification Sent', 'Survey Sent',
                'SMS Sent', 'Order Refunded', 'Support Case Resolved', 'Loyalty Points Expired', 'Subscription Renewed'
            )
        group by subject_id
        having startsWith(subject_id, 'u:')
    )
)
where is_active_at_start
group by period_start
order by period_start
settings join_use_nulls = 0
