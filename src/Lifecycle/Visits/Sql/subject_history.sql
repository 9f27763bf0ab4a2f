-- purpose: Writes the history of every subject of one batch: profile, active days, orders, and the refunds that left it without an order
-- grain: one row per subject_id
-- reads: batch_event, batch_subject_persona, stg_order
-- time: active days in the report time zone {time_zone}; the persona is that at T, all else depends on the events alone
insert into batch_subject_history
(
    subject_id,
    account_id,
    country,
    persona,
    source,
    channel,
    campaign,
    first_seen_at,
    last_seen_at,
    touchpoint_count,
    active_dates,
    orders.order_id,
    orders.event_id,
    orders.is_order,
    orders.ordered_at,
    orders.revenue_minor,
    orders.cost_minor,
    orders.currency,
    orders.country,
    orders.source,
    orders.channel,
    orders.campaign,
    orders.voided_at,
    orders.voided_by,
    orders.refunded_at,
    orders.refund_minor,
    reversals.reversed_at,
    reversals.event_id,
    version
)
with
    events as
    (
        select
            subject_id,
            event_id,
            type,
            event,
            occurred_at,
            account_id,
            country,
            source,
            channel,
            campaign,
            is_passive,
            event in ('Order Completed', 'Order Refunded') as is_ordering,
            if(order_id = '', event_id, order_id) as order_id
        from batch_event
    ),

    -- All reports of the orders these subjects have to do with, under whatever
    -- subject they came.
    orders as
    (
        select
            concat(subject_id, {mark:String}) as subject_id,
            order_id,
            event_id,
            is_order,
            ordered_at,
            revenue_minor,
            cost_minor,
            currency,
            source,
            refunded_at,
            refund_minor,
            voided_at,
            voided_by
        from (<<stg_order>>)
    ),

    orders_of_subject as
    (
        select
            orders.subject_id as subject_id,
            arraySort(groupArray((
                orders.ordered_at,
                orders.order_id,
                orders.event_id,
                orders.is_order,
                orders.revenue_minor,
                orders.cost_minor,
                orders.currency,
                events.country,
                orders.source,
                events.channel,
                events.campaign,
                orders.voided_at,
                orders.refunded_at,
                orders.refund_minor,
                orders.voided_by
            ))) as list
        from orders
        inner join events
            on events.subject_id = orders.subject_id
            and events.event_id = orders.event_id
        where events.is_ordering
        group by orders.subject_id
    ),

    profiles as
    (
        select
            subject_id,
            argMaxIf(
                account_id, (occurred_at, event_id), account_id != ''
            ) as latest_account_id,
            argMaxIf(
                country, (occurred_at, event_id), country != ''
            ) as latest_country,
            -- What says something about the subject is the first touch only
            -- if there is nothing else.
            argMin(
                (source, channel, campaign),
                (lm_is_statement(type, event), occurred_at, event_id)
            ) as first_touch,
            min(occurred_at) as first_seen_at,
            max(occurred_at) as last_seen_at,
            count() as touchpoint_count,
            -- A second report of an order is not something the subject did.
            arraySort(
                groupUniqArrayIf(
                    toDate(occurred_at, {time_zone:String}),
                    type in ('track', 'page', 'screen')
                    and not is_passive
                    and (
                        event != 'Order Completed'
                        or (subject_id, event_id) in (
                            select
                                subject_id,
                                event_id
                            from orders
                        )
                    )
                )
            ) as active_dates
        from events
        group by subject_id
    ),

    personas as
    (
        select
            subject_id,
            arrayFirst(
                (persona, begins, ends) -> begins <= {as_of:DateTime64(3, 'UTC')}
                    and ifNull(ends > {as_of:DateTime64(3, 'UTC')}, true),
                memberships.persona,
                memberships.valid_from,
                memberships.valid_until
            ) as persona
        from batch_subject_persona
        where endsWith(subject_id, {mark:String})
    ),

    -- Orders come and are voided; where the count falls back to zero, the
    -- refund that did it turns the conversion back.
    histories as
    (
        select
            profiles.subject_id as subject_id,
            profiles.latest_account_id as account_id,
            profiles.latest_country as country,
            personas.persona as persona,
            profiles.first_touch as first_touch,
            profiles.first_seen_at as first_seen_at,
            profiles.last_seen_at as last_seen_at,
            profiles.touchpoint_count as touchpoint_count,
            profiles.active_dates as active_dates,
            orders_of_subject.list as list,
            arraySort(
                arrayConcat(
                    arrayMap(
                        o -> (o.1, 0, o.2, 1, ''),
                        arrayFilter(o -> o.4, list)
                    ),
                    arrayMap(
                        o -> (assumeNotNull(o.12), 1, o.2, -1, o.15),
                        arrayFilter(o -> isNotNull(o.12), list)
                    )
                )
            ) as changes,
            arrayFilter(
                (change, order_count) -> change.4 = -1 and order_count = 0,
                changes,
                arrayCumSum(change -> change.4, changes)
            ) as reversals
        from profiles
        left join personas on personas.subject_id = profiles.subject_id
        left join orders_of_subject
            on orders_of_subject.subject_id = profiles.subject_id
    )

select
    subject_id,
    account_id,
    country,
    persona,
    first_touch.1 as source,
    first_touch.2 as channel,
    first_touch.3 as campaign,
    first_seen_at,
    last_seen_at,
    touchpoint_count,
    active_dates,
    arrayMap(o -> o.2, list) as `orders.order_id`,
    arrayMap(o -> o.3, list) as `orders.event_id`,
    arrayMap(o -> o.4, list) as `orders.is_order`,
    arrayMap(o -> o.1, list) as `orders.ordered_at`,
    arrayMap(o -> o.5, list) as `orders.revenue_minor`,
    arrayMap(o -> o.6, list) as `orders.cost_minor`,
    arrayMap(o -> o.7, list) as `orders.currency`,
    arrayMap(o -> o.8, list) as `orders.country`,
    arrayMap(o -> o.9, list) as `orders.source`,
    arrayMap(o -> o.10, list) as `orders.channel`,
    arrayMap(o -> o.11, list) as `orders.campaign`,
    arrayMap(o -> o.12, list) as `orders.voided_at`,
    arrayMap(o -> o.15, list) as `orders.voided_by`,
    arrayMap(o -> o.13, list) as `orders.refunded_at`,
    arrayMap(o -> o.14, list) as `orders.refund_minor`,
    arrayMap(r -> r.1, reversals) as `reversals.reversed_at`,
    arrayMap(r -> r.5, reversals) as `reversals.event_id`,
    {refresh_no:UInt64} as version
from histories
settings join_use_nulls = 0
