-- purpose: What each subject adds to the e-mail funnel: its messages by day of sending and phase at sending, and what became of them
-- grain: one row per subject_id, channel, campaign, source, day, effective_at
-- reads: subject_event, subject_history, subject_journey, lifecycle_model, report_setting
-- time: days of the report time zone; reactions count within 14 days of sending, orders within 7 days of a click; each step counts from its own instant
with
    assumeNotNull((
        select time_zone from report_setting final
    )) as report_zone,
    -- Of the default model, in its latest version: id, version, stages, phases.
    -- An aggregate has a row even when there is no model yet.
    (
        select argMax(
            (model_id, model_version, stages.stage_id, stages.phase),
            model_version
        )
        from lifecycle_model final
        where is_default_model and is_published
    ) as default_model,

-- A message is what has one email_id; without one, a sending is a message of
-- its own.
messages as (
    select
        subject_id,
        if(reference = '', event_id, reference) as email_id,
        min(occurred_at) as first_at,
        minIf(occurred_at, event = 'Email Sent') as reported_at,
        -- As it was sent; what reports of others name may be incomplete.
        argMin(
            (channel, campaign, source),
            (event != 'Email Sent', occurred_at, event_id)
        ) as origin,
        groupArray((occurred_at, cast(event as String))) as steps
    from subject_event final
    array join
        events.occurred_at as occurred_at,
        events.event_id as event_id,
        events.event as event,
        events.source as source,
        events.channel as channel,
        events.campaign as campaign,
        events.reference as reference
    where startsWith(event, 'Email ')
        and (reference != '' or event = 'Email Sent')
    group by subject_id, email_id
),

journeys as (
    select
        subject_id,
        visits.entered_at as entered_at,
        visits.stage_id as stage_ids
    from subject_journey final
    where model_id = default_model.1 and model_version = default_model.2
),

-- Steps by their first instant, 0 where they never came.
outcomes as (
    select
        messages.subject_id as subject_id,
        messages.origin as origin,
        cast(subject.persona as String) as persona,
        cast(subject.country as String) as country,
        -- Without a report of the sending it was sent when it was first seen.
        if(reported_at = 0, first_at, reported_at) as sent_at,
        arrayMap(
            step -> (greatest(step.1, sent_at), step.2),
            arraySort(arrayFilter(
                step -> step.1 <= sent_at + toIntervalDay(14), steps
            ))
        ) as timely,
        arrayFirst(step -> step.2 = 'Email Bounced', timely).1 as bounced_at,
        arrayFirst(
            step -> step.2 not in ('Email Sent', 'Email Bounced'), timely
        ).1 as delivered_at,
        arrayFirst(
            step -> step.2 in ('Email Opened', 'Email Clicked'), timely
        ).1 as opened_at,
        arrayFilter(step -> step.2 = 'Email Clicked', timely) as clicks,
        arrayFirst(
            (ordered_at, is_order) ->
                is_order
                and arrayExists(
                    click ->
                        ordered_at >= click.1
                        and ordered_at <= click.1 + toIntervalDay(7),
                    clicks
                ),
            subject.orders.ordered_at,
            subject.orders.is_order
        ) as converted_at,
        arrayFirst(step -> step.2 = 'Email Unsubscribed', timely).1
            as unsubscribed_at,
        arrayFirst(step -> step.2 = 'Email Complained', timely).1
            as complained_at,
        transform(
            journeys.stage_ids[
                arrayLastIndex(at -> at <= sent_at, journeys.entered_at)
            ],
            default_model.3,
            default_model.4,
            ''
        ) as phase
    from messages
    inner join subject_history as subject final
        on subject.subject_id = messages.subject_id
    left join journeys on journeys.subject_id = messages.subject_id
),

-- What comes back after all was not delivered, nor anything that needs it.
changes as (
    select
        subject_id,
        origin,
        persona,
        country,
        phase,
        toDate(toTimeZone(sent_at, report_zone)) as day,
        arrayFilter(
            step -> step.1 != 0,
            [
                (delivered_at, 'delivered'),
                (opened_at, 'opened'),
                (clicks[1].1, 'clicked'),
                (converted_at, 'converted'),
                (unsubscribed_at, 'unsubscribed'),
                (complained_at, 'complained')
            ]
        ) as reached,
        -- 1 at, 2 step, 3 how many more.
        arrayJoin(arrayConcat(
            [(sent_at, 'sent', toInt64(1))],
            arrayMap(step -> (step.1, step.2, toInt64(1)), reached),
            if(
                bounced_at = 0,
                [],
                arrayPushFront(
                    arrayMap(
                        step -> (
                            greatest(step.1, bounced_at), step.2, toInt64(-1)
                        ),
                        reached
                    ),
                    (bounced_at, 'bounced', toInt64(1))
                )
            )
        )) as change
    from outcomes
)

select
    subject_id,
    change.1 as effective_at,
    cast(origin.1 as String) as channel,
    cast(origin.2 as String) as campaign,
    persona,
    country,
    cast(origin.3 as String) as source,
    day,
    cast(phase as String) as phase,
    if(change.2 = 'sent', change.3, 0) as sent_count,
    if(change.2 = 'delivered', change.3, 0) as delivered_count,
    if(change.2 = 'bounced', change.3, 0) as bounced_count,
    if(change.2 = 'opened', change.3, 0) as opened_count,
    if(change.2 = 'clicked', change.3, 0) as clicked_count,
    if(change.2 = 'converted', change.3, 0) as converted_count,
    if(change.2 = 'unsubscribed', change.3, 0) as unsubscribed_count,
    if(change.2 = 'complained', change.3, 0) as complained_count
from changes
settings join_use_nulls = 0
