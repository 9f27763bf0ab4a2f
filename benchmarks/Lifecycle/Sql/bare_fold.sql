-- What the engine alone reaches: one pass over the events, each subject's in order, and a fold that counts the visits of
-- the default model's stages. No resends, identities, refunds, laps or windows; nothing is stored.
insert into function null('subject_key String, visits UInt64')
select
    subject_key,
    arrayFold(
        (state, step) -> if(step.2 > state.1, (step.2, state.2 + 1), state),
        arraySort(groupArray((occurred_at, stage))),
        (toUInt8(0), toUInt64(0))
    ).2 as visits
from
(
    select
        subject_key,
        occurred_at,
        toUInt8(multiIf(
            event in ('Ad Impression', 'Ad Clicked', 'Page Viewed', 'Product Viewed', 'Email Opened'), 1,
            event in ('Signed Up', 'Email Clicked', 'Product Added', 'Checkout Started', 'Demo Requested'), 2,
            event in ('Order Completed', 'Contract Signed'), 3,
            event = 'Loyalty Points Redeemed', 4,
            event in ('Referral Sent', 'Review Submitted', 'Survey Answered'), 5,
            0
        )) as stage
    from touchpoint
)
where stage != 0
group by subject_key
