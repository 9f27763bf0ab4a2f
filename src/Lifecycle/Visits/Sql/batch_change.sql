-- purpose: Notes what of each subject of a batch differs between before and after the run, one bit for each of Facets, and from when on
-- grain: a row per subject as it was or as it is, and facet; one of them may be all facets
-- reads: batch_subject_history, batch_subject_event, batch_subject_touch, batch_journey_change, subject_due
-- time: a subject of which something becomes effective between the T of the last run and T counts as changed in all since then
insert into batch_change
(
    subject_id,
    changed,
    since
)
with
    -- What a KPI can be cut by holds for all that a subject ever did. A subject
    -- that is new, gone or merged has one of two histories.
    subjects as
    (
        select
            substring(subject_id, 1, length(subject_id) - 1) as id,
            if(
                count() != 2,
                4294967295,
                (
                    uniqExact((
                        channel::String, campaign::String, persona::String,
                        country::String, source::String
                    )) - 1
                ) * 1
                + (uniqExact((account_id, first_seen_at)) - 1) * 8
                + (uniqExact((last_seen_at, touchpoint_count)) - 1) * 16
            ) as changed
        from batch_subject_history
        group by id
    ),

    -- What a subject did, in lists in the order of time.
    lists as
    (
        select
            substring(subject_id, 1, length(subject_id) - 1) as id,
            2 as facet,
            arrayMap(date -> toDateTime64(date, 3, 'UTC'), active_dates) as ats,
            arrayMap(date -> toUInt64(date), active_dates) as hashes
        from batch_subject_history
        union all
        select
            substring(subject_id, 1, length(subject_id) - 1) as id,
            4 as facet,
            arrayConcat(orders.ordered_at, reversals.reversed_at) as ats,
            arrayConcat(
                arrayMap(
                    (
                        order_id, event_id, is_order, at, revenue, cost,
                        currency, country, source, channel, campaign,
                        voided_at, voided_by, refunded_at, refund
                    ) -> cityHash64((
                        order_id, event_id, is_order, at, revenue, cost,
                        currency, country, source, channel, campaign,
                        voided_at, voided_by, refunded_at, refund
                    )),
                    orders.order_id, orders.event_id, orders.is_order,
                    orders.ordered_at, orders.revenue_minor,
                    orders.cost_minor, orders.currency, orders.country,
                    orders.source, orders.channel, orders.campaign,
                    orders.voided_at, orders.voided_by,
                    orders.refunded_at, orders.refund_minor
                ),
                arrayMap(
                    (at, event_id) -> cityHash64((at, event_id)),
                    reversals.reversed_at, reversals.event_id
                )
            ) as hashes
        from batch_subject_history
        union all
        select
            substring(subject_id, 1, length(subject_id) - 1) as id,
            32 as facet,
            touches.occurred_at as ats,
            arrayMap(
                (at, event_id, event, source, channel, campaign) -> cityHash64((
                    at, event_id, event, source, channel, campaign
                )),
                touches.occurred_at, touches.event_id, touches.event,
                touches.source, touches.channel, touches.campaign
            ) as hashes
        from batch_subject_touch
        union all
        select
            substring(subject_id, 1, length(subject_id) - 1) as id,
            multiIf(
                startsWith(event, 'Email '), 256,
                startsWith(event, 'Loyalty Points '), 512,
                startsWith(event, 'Subscription '), 1024,
                startsWith(event, 'Survey '), 2048,
                128
            ) as facet,
            groupArray(at) as ats,
            groupArray(cityHash64((
                at, event_id, event, source, channel, campaign, reference,
                quantity, amount_minor, currency, properties
            ))) as hashes
        from batch_subject_event
        array join
            events.occurred_at as at,
            events.event_id as event_id,
            events.event as event,
            events.source as source,
            events.channel as channel,
            events.campaign as campaign,
            events.reference as reference,
            events.quantity as quantity,
            events.amount_minor as amount_minor,
            events.currency as currency,
            events.properties as properties
        group by subject_id, facet
    ),

    -- A subject without events of a kind has no list of them.
    pairs as
    (
        select
            id,
            facet,
            groupArray(ats) as ats,
            groupArray(hashes) as hashes,
            greatest(length(hashes[1]), length(hashes[2])) as list_length,
            arrayFirstIndex(
                (one, other) -> one != other,
                arrayResize(hashes[1], list_length),
                arrayResize(hashes[2], list_length)
            ) as first
        from lists
        group by id, facet
        having hashes[1] != hashes[2]
    ),

    changes as
    (
        select
            id,
            changed,
            toDateTime64(0, 3, 'UTC') as since
        from subjects
        where changed != 0
        union all
        -- A report of the sending moves an e-mail that was known by its reactions,
        -- whenever it says that was.
        select
            id,
            facet as changed,
            if(
                facet = 256,
                toDateTime64(0, 3, 'UTC'),
                arrayMin(arrayConcat(
                    arraySlice(ats[1], first), arraySlice(ats[2], first)
                ))
            ) as since
        from pairs
        union all
        select
            substring(subject_id, 1, length(subject_id) - 1) as id,
            64 as changed,
            min(since) as since
        from batch_journey_change
        group by id
        union all
        select
            subject_id as id,
            4294967295 as changed,
            due_at as since
        from subject_due
        where due_at > {last_as_of:DateTime64(3, 'UTC')}
            and due_at <= {as_of:DateTime64(3, 'UTC')}
            and subject_id in (select id from subjects)
    )

-- What counts by the day is effective when the day begins, wherever that is. What
-- became effective since the last T has been counted by nobody yet.
select
    concat(id, mark),
    changed,
    least(
        since - toIntervalDay(2), {last_as_of:DateTime64(3, 'UTC')}
    )
from changes
array join ['+', '-'] as mark
