-- purpose: Notes what of each subject of a batch differs between before and after the run, one bit for each of Facets
-- grain: two rows per subject, for as it was and as it is
-- reads: batch_subject_history, batch_subject_event, batch_subject_touch, batch_journey_change, subject_due
-- time: a subject of which something becomes effective between the T of the last run and T counts as changed in all
insert into batch_change
(
    subject_id,
    changed
)
with
    -- A subject that is new, gone or merged has one of two histories.
    histories as
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
                + (uniqExact(active_dates) - 1) * 2
                + (
                    uniqExact((
                        orders.order_id, orders.event_id, orders.is_order,
                        orders.ordered_at, orders.revenue_minor,
                        orders.cost_minor, orders.currency, orders.country,
                        orders.source, orders.channel, orders.campaign,
                        orders.voided_at, orders.voided_by,
                        orders.refunded_at, orders.refund_minor,
                        reversals.reversed_at, reversals.event_id
                    )) - 1
                ) * 4
                + (uniqExact((account_id, first_seen_at)) - 1) * 8
                + (uniqExact((last_seen_at, touchpoint_count)) - 1) * 16
            ) as changed
        from batch_subject_history
        group by id
    ),

    touches as
    (
        select
            substring(subject_id, 1, length(subject_id) - 1) as id,
            if(
                count() = 2
                and uniqExact((
                    touches.occurred_at, touches.event_id, touches.event,
                    touches.source, touches.channel, touches.campaign
                )) = 1,
                0,
                32
            ) as changed
        from batch_subject_touch
        group by id
    ),

    visits as
    (
        select distinct
            substring(subject_id, 1, length(subject_id) - 1) as id,
            64 as changed
        from batch_journey_change
    ),

    -- Which kind an event is of, and everything about it.
    kinds as
    (
        select
            substring(subject_id, 1, length(subject_id) - 1) as id,
            multiIf(
                startsWith(event, 'Email '), 256,
                startsWith(event, 'Loyalty Points '), 512,
                startsWith(event, 'Subscription '), 1024,
                startsWith(event, 'Survey '), 2048,
                128
            ) as kind,
            endsWith(subject_id, '+') as is_present,
            groupArray(sipHash64((
                at, event_id, event, source, channel, campaign, reference,
                quantity, amount_minor, currency, properties
            ))) as list
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
        group by id, kind, is_present
    ),

    events as
    (
        select
            id,
            if(count() = 2 and uniqExact(list) = 1, 0, any(kind)) as changed
        from kinds
        group by id, kind
    ),

    due as
    (
        select
            subject_id as id,
            4294967295 as changed
        from subject_due
        where due_at > {last_as_of:DateTime64(3, 'UTC')}
            and due_at <= {as_of:DateTime64(3, 'UTC')}
            and subject_id in (select id from histories)
    ),

    changes as
    (
        select
            id,
            groupBitOr(toUInt32(bits)) as changed
        from (
            select id, changed as bits from histories
            union all
            select id, changed as bits from touches
            union all
            select id, changed as bits from visits
            union all
            select id, changed as bits from events
            union all
            select id, changed as bits from due
        )
        group by id
    )

select
    concat(id, mark),
    changed
from changes
array join ['+', '-'] as mark
