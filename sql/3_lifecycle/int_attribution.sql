-- purpose: What each order, refund and stage entry adds to the credit of the touches that led to it, by six attribution models
-- grain: one row per subject_id, effective_at, conversion, model_id, model_version, stage_id, channel, campaign
-- reads: subject_history, subject_journey, subject_touch, lifecycle_model, report_setting
-- time: days of the report time zone; a conversion counts from its instant, a refund from its own on the day of the order
with
    assumeNotNull((
        select time_zone from report_setting final
    )) as report_zone,

    subjects as
    (
        select
            history.subject_id as subject_id,
            toIntervalDay(if(startsWith(history.subject_id, 'g:'), 90, 30))
                as lookback,
            history.persona::String as persona,
            history.country::String as country,
            history.source::String as source,
            arrayZip(
                touch.touches.occurred_at,
                touch.touches.channel::Array(String),
                touch.touches.campaign::Array(String)
            ) as touches,
            arrayZip(
                history.orders.is_order,
                history.orders.ordered_at,
                history.orders.currency,
                history.orders.revenue_minor,
                history.orders.cost_minor,
                history.orders.refunded_at,
                history.orders.refund_minor
            ) as orders
        from subject_history as history final
        left join subject_touch as touch final
            on touch.subject_id = history.subject_id
    ),

    journeys as
    (
        select
            subject_id,
            model_id,
            model_version,
            arrayFilter(
                (at, stage) -> stage = 'lapsed',
                visits.entered_at,
                visits.stage_id
            ) as lapses,
            -- Whom a refund leads back has not converted.
            arrayFilter(
                e -> e.3 not in ('lapse', 'back'),
                arrayZip(
                    visits.stage_id, visits.entered_at, visits.direction
                )
            ) as entries
        from subject_journey final
    ),

    -- What a function takes has a level of its own: ClickHouse analyses a name
    -- anew wherever the text of the function has it.
    entered as
    (
        select
            subject.subject_id as subject_id,
            subject.persona as persona,
            subject.country as country,
            subject.source as source,
            journey.model_id::String as model_id,
            journey.model_version as model_version,
            arrayJoin(journey.entries) as entry,
            entry.1::String as stage_id,
            entry.2 as converted_at,
            multiIf(
                startsWith(subject_id, 'a:'), 'other_entry',
                entry.3 = 'first', 'first_entry',
                entry.3 = 're-enter', 're_entry',
                'other_entry'
            ) as conversion,
            lm_credited_touches(
                subject.touches,
                greatest(
                    arrayLast(lapse -> lapse <= converted_at, journey.lapses),
                    converted_at - subject.lookback
                ),
                converted_at
            ) as credited
        from journeys as journey
        inner join subjects as subject
            on subject.subject_id = journey.subject_id
    ),

    entries as
    (
        select
            subject_id,
            persona,
            country,
            source,
            model_id,
            model_version,
            stage_id,
            converted_at,
            conversion,
            credited,
            if(
                length(credited) = 1,
                -- The only touch has it all, by every model.
                arrayWithConstant(6, [toInt64(1000000)]),
                lm_attribute(
                    toInt64(1000000),
                    lm_attribution_weights(credited, converted_at)
                )
            ) as credits
        from entered
    ),

    -- An order: 1 conversion, 2 currency, 3 at, 4 what it adds from an instant
    --     on. Amounts of that: 1 millionths of a conversion, 2 revenue,
    --     3 direct cost, 4 refunded until now, 5 refunded before
    placed_orders as
    (
        select
            subject.subject_id as subject_id,
            subject.persona as persona,
            subject.country as country,
            subject.source as source,
            arrayJoin(arrayMap(
                (o, order_no, totals) -> (
                    multiIf(
                        not o.1, 'refund',
                        order_no = 1 and startsWith(subject_id, 'u:'),
                        'first_order',
                        'other_order'
                    ),
                    o.3::String,
                    o.2,
                    arrayConcat(
                        [(o.2, [
                            toInt64(o.1) * 1000000, o.4, ifNull(o.5, 0), 0, 0
                        ])],
                        arrayMap(
                            (at, total, amount) -> (
                                at,
                                [toInt64(0), 0, 0, total, total - amount]
                            ),
                            o.6, totals, o.7
                        )
                    )
                ),
                subject.orders,
                arrayCumSum(o -> o.1, subject.orders),
                arrayMap(o -> arrayCumSum(o.7), subject.orders)
            )) as placed,
            placed.1 as conversion,
            placed.2 as currency,
            placed.3 as converted_at,
            lm_credited_touches(
                if(conversion = 'refund', [], subject.touches),
                greatest(
                    arrayLast(lapse -> lapse <= converted_at, life.lapses),
                    converted_at - subject.lookback
                ),
                converted_at
            ) as credited
        from subjects as subject
        left join (
            select
                subject_id,
                lapses
            from journeys
            where (model_id, model_version) in (
                    select
                        model_id,
                        model_version
                    from lifecycle_model final
                    where is_default_model and is_published
                )
        ) as life
            on life.subject_id = subject.subject_id
        -- Orders of an account are its members', who have them already.
        where not startsWith(subject.subject_id, 'g:')
    ),

    weighted_orders as
    (
        select
            subject_id,
            persona,
            country,
            source,
            conversion,
            currency,
            converted_at,
            credited,
            lm_attribution_weights(credited, converted_at) as weights,
            arrayJoin(placed.4) as change
        from placed_orders
    ),

    orders as
    (
        select
            subject_id,
            persona,
            country,
            source,
            conversion,
            currency,
            converted_at,
            credited,
            change.1 as effective_at,
            arrayMap(
                amount -> lm_attribute(amount, weights), change.2
            ) as parts
        from weighted_orders
    )

select
    subject_id,
    converted_at as effective_at,
    touch.2 as channel,
    touch.3 as campaign,
    persona,
    country,
    source,
    conversion,
    model_id,
    model_version,
    stage_id,
    '' as currency,
    toDate(toTimeZone(converted_at, report_zone)) as conversion_date,
    first_credit,
    toInt64(0) as first_revenue_minor,
    toInt64(0) as first_refunded_minor,
    toInt64(0) as first_cost_minor,
    last_credit,
    toInt64(0) as last_revenue_minor,
    toInt64(0) as last_refunded_minor,
    toInt64(0) as last_cost_minor,
    last_non_direct_credit,
    toInt64(0) as last_non_direct_revenue_minor,
    toInt64(0) as last_non_direct_refunded_minor,
    toInt64(0) as last_non_direct_cost_minor,
    linear_credit,
    toInt64(0) as linear_revenue_minor,
    toInt64(0) as linear_refunded_minor,
    toInt64(0) as linear_cost_minor,
    time_decay_credit,
    toInt64(0) as time_decay_revenue_minor,
    toInt64(0) as time_decay_refunded_minor,
    toInt64(0) as time_decay_cost_minor,
    position_based_credit,
    toInt64(0) as position_based_revenue_minor,
    toInt64(0) as position_based_refunded_minor,
    toInt64(0) as position_based_cost_minor
from entries
array join
    credited as touch,
    credits[1] as first_credit,
    credits[2] as last_credit,
    credits[3] as last_non_direct_credit,
    credits[4] as linear_credit,
    credits[5] as time_decay_credit,
    credits[6] as position_based_credit
union all
select
    subject_id,
    effective_at,
    touch.2 as channel,
    touch.3 as campaign,
    persona,
    country,
    source,
    conversion,
    '' as model_id,
    toUInt32(0) as model_version,
    '' as stage_id,
    currency,
    toDate(toTimeZone(converted_at, report_zone)) as conversion_date,
    first_credit,
    first_revenue_minor,
    first_refunded_until - first_refunded_before as first_refunded_minor,
    first_cost_minor,
    last_credit,
    last_revenue_minor,
    last_refunded_until - last_refunded_before as last_refunded_minor,
    last_cost_minor,
    last_non_direct_credit,
    last_non_direct_revenue_minor,
    last_non_direct_refunded_until - last_non_direct_refunded_before
        as last_non_direct_refunded_minor,
    last_non_direct_cost_minor,
    linear_credit,
    linear_revenue_minor,
    linear_refunded_until - linear_refunded_before as linear_refunded_minor,
    linear_cost_minor,
    time_decay_credit,
    time_decay_revenue_minor,
    time_decay_refunded_until - time_decay_refunded_before
        as time_decay_refunded_minor,
    time_decay_cost_minor,
    position_based_credit,
    position_based_revenue_minor,
    position_based_refunded_until - position_based_refunded_before
        as position_based_refunded_minor,
    position_based_cost_minor
from orders
array join
    credited as touch,
    parts[1][1] as first_credit,
    parts[2][1] as first_revenue_minor,
    parts[4][1] as first_refunded_until,
    parts[5][1] as first_refunded_before,
    parts[3][1] as first_cost_minor,
    parts[1][2] as last_credit,
    parts[2][2] as last_revenue_minor,
    parts[4][2] as last_refunded_until,
    parts[5][2] as last_refunded_before,
    parts[3][2] as last_cost_minor,
    parts[1][3] as last_non_direct_credit,
    parts[2][3] as last_non_direct_revenue_minor,
    parts[4][3] as last_non_direct_refunded_until,
    parts[5][3] as last_non_direct_refunded_before,
    parts[3][3] as last_non_direct_cost_minor,
    parts[1][4] as linear_credit,
    parts[2][4] as linear_revenue_minor,
    parts[4][4] as linear_refunded_until,
    parts[5][4] as linear_refunded_before,
    parts[3][4] as linear_cost_minor,
    parts[1][5] as time_decay_credit,
    parts[2][5] as time_decay_revenue_minor,
    parts[4][5] as time_decay_refunded_until,
    parts[5][5] as time_decay_refunded_before,
    parts[3][5] as time_decay_cost_minor,
    parts[1][6] as position_based_credit,
    parts[2][6] as position_based_revenue_minor,
    parts[4][6] as position_based_refunded_until,
    parts[5][6] as position_based_refunded_before,
    parts[3][6] as position_based_cost_minor
settings join_use_nulls = 0
