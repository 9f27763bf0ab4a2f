-- Of the subjects who came to acquisition in a month, how many converted within 90 days; whose 90 days are over. Lapses
-- and refunds are left out.
select
    toStartOfMonth(acquired_at) as period_start,
    countIf(converted_at > acquired_at and converted_at <= acquired_at + interval 90 day) as numerator,
    count() as denominator
from
(
    select
        if(identity.subject_id = '', touch.subject_key, identity.subject_id) as subject_id,
        minIf(
            touch.occurred_at,
            touch.event in ('Signed Up', 'Email Clicked', 'Product Added', 'Checkout Started', 'Demo Requested')
        ) as acquired_at,
        minIf(
            touch.occurred_at,
            (touch.event = 'Order Completed' and touch.revenue_minor > 0)
            or touch.event in ('Contract Signed', 'Loyalty Points Redeemed', 'Referral Sent', 'Review Submitted')
            or (
                touch.event = 'Survey Answered' and touch.score >= 9
                and JSONExtractString(touch.properties, 'survey') = 'nps'
            )
        ) as converted_at
    from touchpoint as touch
    left join stg_identity as identity on identity.alias_key = touch.subject_key
    where not touch.is_bot and not touch.is_internal and not touch.is_test
        and touch.event in (
            'Signed Up', 'Email Clicked', 'Product Added', 'Checkout Started', 'Demo Requested', 'Order Completed',
            'Contract Signed', 'Loyalty Points Redeemed', 'Referral Sent', 'Review Submitted', 'Survey Answered'
        )
    group by subject_id
)
where acquired_at >= toStartOfMonth(today()) - interval 11 month
    and acquired_at + interval 90 day <= now64(3)
    -- Who was further already did not come there.
    and (converted_at <= toDateTime64(0, 3) or converted_at > acquired_at)
group by period_start
order by period_start
settings join_use_nulls = 0
