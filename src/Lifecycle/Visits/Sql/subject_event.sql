-- purpose: Writes the events KPIs look at besides orders, of every subject of one batch
-- grain: one row per subject_id
-- reads: batch_event
-- time: instants in UTC; nothing depends on the clock
insert into batch_subject_event
(
    subject_id,
    events.occurred_at,
    events.event_id,
    events.event,
    events.source,
    events.channel,
    events.campaign,
    events.reference,
    events.quantity,
    events.amount_minor,
    events.currency,
    events.properties,
    version
)
with
    found as
    (
        select
            event.subject_id as subject_id,
            arraySort(groupArray((
                event.occurred_at,
                event.event_id,
                event.event,
                event.source,
                event.channel,
                event.campaign,
                -- What the event is about: the case, mail, survey …
                JSONExtractString(
                    event.properties,
                    multiIf(
                        startsWith(event.event, 'Support Case '), 'case_id',
                        startsWith(event.event, 'Email '), 'email_id',
                        startsWith(event.event, 'Survey '), 'survey',
                        startsWith(event.event, 'Subscription '),
                        'subscription_id',
                        'referral_code'
                    )
                ),
                coalesce(
                    event.score,
                    JSONExtract(
                        event.properties,
                        if(
                            event.event = 'Review Submitted',
                            'rating',
                            'points'
                        ),
                        'Nullable(Float64)'
                    )
                ),
                coalesce(
                    event.revenue_minor,
                    toInt64(round(
                        coalesce(
                            JSONExtract(
                                event.properties, 'mrr', 'Nullable(Float64)'
                            ),
                            JSONExtract(
                                event.properties, 'amount', 'Nullable(Float64)'
                            )
                        )
                        * lm_minor_units(if(
                            event.currency = '',
                            JSONExtractString(event.properties, 'currency'),
                            event.currency::String
                        ))
                    ))
                ),
                if(
                    event.currency = '',
                    JSONExtractString(event.properties, 'currency'),
                    event.currency::String
                ),
                if(event.type = 'identify', event.traits, event.properties)
            ))) as list
        from batch_event as event
        where event.event in (
                'Identified',
                'Signed Up',
                'Demo Requested',
                'Contract Signed',
                'Survey Sent',
                'Survey Answered',
                'Review Submitted',
                'Support Case Opened',
                'Support Case Resolved',
                'Support Case Deflected',
                'Help Article Viewed',
                'Referral Sent',
                'Referral Accepted',
                'Loyalty Points Earned',
                'Loyalty Points Redeemed',
                'Loyalty Points Expired',
                'Email Sent',
                'Email Delivered',
                'Email Bounced',
                'Email Opened',
                'Email Clicked',
                'Email Unsubscribed',
                'Email Complained',
                'Subscription Started',
                'Subscription Changed',
                'Subscription Renewed',
                'Subscription Cancelled'
            )
        group by event.subject_id
    )

select
    subject_id,
    arrayMap(e -> e.1, list) as occurred_ats,
    arrayMap(e -> e.2, list) as event_ids,
    arrayMap(e -> e.3, list) as events,
    arrayMap(e -> e.4, list) as sources,
    arrayMap(e -> e.5, list) as channels,
    arrayMap(e -> e.6, list) as campaigns,
    arrayMap(e -> e.7, list) as refs,
    arrayMap(e -> e.8, list) as quantities,
    arrayMap(e -> e.9, list) as amounts,
    arrayMap(e -> e.10, list) as currencies,
    arrayMap(e -> e.11, list) as properties,
    {refresh_no:UInt64} as version
from found
settings join_use_nulls = 0
