-- Of the customers first active in a month, how many were active in each later one.
select
    cohort_start,
    dateDiff('month', cohort_start, period_start) as period_index,
    count() as numerator
from
(
    select
        arraySort(groupUniqArray(toStartOfMonth(touch.occurred_at))) as periods,
        if(identity.subject_id = '', touch.subject_key, identity.subject_id) as subject_id,
        periods[1] as cohort_start
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
array join periods as period_start
where cohort_start >= toStartOfMonth(today()) - interval 11 month
group by cohort_start, period_index
order by cohort_start, period_index
settings join_use_nulls = 0
