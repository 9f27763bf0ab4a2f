-- purpose: Writes the marketing touches of every subject of one batch: visits and clicks, those of one channel and campaign less than 30 minutes apart taken as one
-- grain: one row per subject_id
-- reads: batch_event
-- time: instants in UTC; nothing depends on the clock
insert into batch_subject_touch
(
    subject_id,
    touches.occurred_at,
    touches.event_id,
    touches.event,
    touches.source,
    touches.channel,
    touches.campaign,
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
                event.campaign
            ))) as events
        from batch_event as event
        where (
                event.type in ('page', 'screen')
                or event.event in (
                    'Ad Clicked', 'Email Clicked', 'Referral Accepted'
                )
            )
        group by event.subject_id
    ),

    sessions as
    (
        select
            subject_id,
            arrayFilter(
                (touch, before, i) -> i = 1
                    or touch.5 != before.5
                    or touch.6 != before.6
                    or touch.1 >= before.1 + toIntervalMinute(30),
                events,
                arrayPushFront(arrayPopBack(events), events[1]),
                arrayEnumerate(events)
            ) as touches
        from found
    )

select
    subject_id,
    arrayMap(t -> t.1, touches) as occurred_ats,
    arrayMap(t -> t.2, touches) as event_ids,
    arrayMap(t -> t.3, touches) as events,
    arrayMap(t -> t.4, touches) as sources,
    arrayMap(t -> t.5, touches) as channels,
    arrayMap(t -> t.6, touches) as campaigns,
    {refresh_no:UInt64} as version
from sessions
settings join_use_nulls = 0
