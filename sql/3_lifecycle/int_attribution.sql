-- purpose: What each order, refund and stage entry adds to the credit of the touches that led to it, by six attribution models
-- grain: one row per subject_id, effective_at, conversion, model_id, model_version, stage_id, channel, campaign
-- reads: subject_history, subject_journey, subject_touch, lifecycle_model, report_setting
-- time: days of the report time zone; a conversion counts from its instant, a refund from its own on the day of the order
with
    assumeNotNull((
        select time_zone from report_setting final
    )) as report_zone,

    -- conversion: 1 kind, 2 model, 3 version, 4 stage, 5 currency, 6 at,
    --     7 the lapse before, 8 what it adds from an instant on
    -- amounts: 1 millionths of a conversion, 2 revenue, 3 direct cost,
    --     4 refunded until now, 5 refunded before
    journeys as
    (
        select
            subject_id,
            (model_id, model_version) in (
                select
                    model_id,
                    model_version
                from lifecycle_model final
                where is_default_model and is_published
            ) as is_default_model,
            arrayFilter(
                (at, stage) -> stage = 'lapsed',
                visits.entered_at,
                visits.stage_id
            ) as lapses,
            -- Whom a refund leads back has not converted.
            arrayFilter(
                (c, direction) -> direction not in ('lapse', 'back'),
                arrayMap(
                    (stage, at, direction) -> (
                        multiIf(
                            startsWith(subject_id, 'a:'), 'other_entry',
                            direction = 'first', 'first_entry',
                            direction = 're-enter', 're_entry',
                            'other_entry'
                        ),
                        model_id::String,
                        model_version,
                        stage::String,
                        '',
                        at,
                        arrayLast(lapse -> lapse <= at, lapses),
                        [(at, [toInt64(1000000)])]
                    ),
                    visits.stage_id,
                    visits.entered_at,
                    visits.direction
                ),
                visits.direction
            ) as entries
        from subject_journey final
    ),

    lives as
    (
        select
            subject_id,
            groupArrayArray(entries) as entries,
            groupArrayArrayIf(lapses, is_default_model) as lapses
        from journeys
        group by subject_id
    ),

    subjects as
    (
        select
            history.subject_id as subject_id,
            history.persona as persona,
            history.country as country,
            history.source as source,
            arrayZip(
                touch.touches.occurred_at,
                touch.touches.channel::Array(String),
                touch.touches.campaign::Array(String)
            ) as touches,
            arrayConcat(lives.entries, arrayMap(
                (o, order_no, totals) -> (
                    multiIf(
                        startsWith(subject_id, 'g:'), '',
                        not o.1, 'refund',
                        order_no = 1 and startsWith(subject_id, 'u:'),
                        'first_order',
                        'other_order'
                    ),
                    '',
                    toUInt32(0),
                    '',
                    o.5::String,
                    o.2,
                    arrayLast(lapse -> lapse <= o.2, lives.lapses),
                    arrayConcat(
                        [(o.2, [
                            toInt64(o.1) * 1000000, o.3, ifNull(o.4, 0)
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
                arrayZip(
                    history.orders.is_order,
                    history.orders.ordered_at,
                    history.orders.revenue_minor,
                    history.orders.cost_minor,
                    history.orders.currency,
                    history.orders.refunded_at,
                    history.orders.refund_minor
                ),
                arrayCumSum(history.orders.is_order),
                arrayMap(r -> arrayCumSum(r), history.orders.refund_minor)
            )) as conversions
        from subject_history as history final
        left join lives on lives.subject_id = history.subject_id
        left join subject_touch as touch final
            on touch.subject_id = history.subject_id
    ),

    conversions as
    (
        select
            subject_id,
            persona,
            country,
            source,
            touches,
            -- Orders of an account are its members', who have them already.
            arrayJoin(arrayFilter(o -> o.1 != '', conversions)) as conversion,
            conversion.1 as kind,
            conversion.2 as model_id,
            conversion.3 as model_version,
            conversion.4 as stage_id,
            conversion.5 as currency,
            conversion.6 as converted_at,
            greatest(
                conversion.7,
                converted_at
                - toIntervalDay(if(startsWith(subject_id, 'g:'), 90, 30))
            ) as window_start,
            conversion.8 as changes
        from subjects
    ),

    windowed as
    (
        select
            subject_id,
            persona,
            country,
            source,
            kind,
            model_id,
            model_version,
            stage_id,
            currency,
            converted_at,
            changes,
            arrayFilter(
                t -> t.1 >= window_start and t.1 <= converted_at
                    and kind != 'refund',
                touches
            ) as eligible,
            if(
                empty(eligible),
                [(converted_at, '(unattributed)', '(unattributed)')],
                eligible
            ) as credited
        from conversions
    ),

    -- Weights are whole numbers, so that parts are exact; only proportions
    -- within a model matter.
    weighted as
    (
        select
            subject_id,
            persona,
            country,
            source,
            kind,
            model_id,
            model_version,
            stage_id,
            currency,
            converted_at,
            credited,
            toInt64(length(credited)) as n,
            arrayLastIndex(t -> t.2 != 'direct', credited) as named,
            if(named = 0, n, named) as last_named,
            arrayEnumerate(credited) as places,
            [
                arrayMap(i -> toInt64(i = 1), places),
                arrayMap(i -> toInt64(i = n), places),
                arrayMap(i -> toInt64(i = last_named), places),
                arrayMap(i -> toInt64(1), places),
                arrayMap(
                    t -> toInt64(round(1e9 * exp2(
                        -dateDiff('millisecond', t.1, converted_at) / 604800000
                    ))),
                    credited
                ),
                arrayMap(
                    i -> if(n > 2 and i in (1, n), 2 * (n - 2), toInt64(1)),
                    places
                )
            ] as weights,
            arrayJoin(changes) as change,
            change.1 as effective_at,
            change.2 as amounts
        from windowed
    ),

    -- By attribution model, amount and touch. An entry has no amounts of money,
    -- and an order has them all; what is not there is 0 for each touch.
    parts as
    (
        select
            subject_id,
            persona,
            country,
            source,
            kind,
            model_id,
            model_version,
            stage_id,
            currency,
            converted_at,
            effective_at,
            credited,
            if(
                n = 1,
                -- The only touch has it all, by every model.
                arrayWithConstant(6, arrayMap(
                    amount -> [amount], arrayResize(amounts, 5, toInt64(0))
                )),
                arrayMap(
                    (proportions, is_shared) -> arrayResize(
                        if(
                            is_shared,
                            arrayMap(
                                amount -> lm_split(amount, proportions), amounts
                            ),
                            -- One of the touches has it all.
                            arrayMap(
                                amount -> arrayMap(w -> amount * w, proportions),
                                amounts
                            )
                        ),
                        5,
                        arrayWithConstant(n, toInt64(0))
                    ),
                    weights,
                    [false, false, false, true, true, true]
                )
            ) as parts
        from weighted
    )

select
    subject_id,
    effective_at,
    touch.2 as channel,
    touch.3 as campaign,
    persona::String as persona,
    country::String as country,
    source::String as source,
    kind as conversion,
    model_id,
    model_version,
    stage_id,
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
from parts
array join
    credited as touch,
    parts[1][1] as first_credit,
    parts[1][2] as first_revenue_minor,
    parts[1][4] as first_refunded_until,
    parts[1][5] as first_refunded_before,
    parts[1][3] as first_cost_minor,
    parts[2][1] as last_credit,
    parts[2][2] as last_revenue_minor,
    parts[2][4] as last_refunded_until,
    parts[2][5] as last_refunded_before,
    parts[2][3] as last_cost_minor,
    parts[3][1] as last_non_direct_credit,
    parts[3][2] as last_non_direct_revenue_minor,
    parts[3][4] as last_non_direct_refunded_until,
    parts[3][5] as last_non_direct_refunded_before,
    parts[3][3] as last_non_direct_cost_minor,
    parts[4][1] as linear_credit,
    parts[4][2] as linear_revenue_minor,
    parts[4][4] as linear_refunded_until,
    parts[4][5] as linear_refunded_before,
    parts[4][3] as linear_cost_minor,
    parts[5][1] as time_decay_credit,
    parts[5][2] as time_decay_revenue_minor,
    parts[5][4] as time_decay_refunded_until,
    parts[5][5] as time_decay_refunded_before,
    parts[5][3] as time_decay_cost_minor,
    parts[6][1] as position_based_credit,
    parts[6][2] as position_based_revenue_minor,
    parts[6][4] as position_based_refunded_until,
    parts[6][5] as position_based_refunded_before,
    parts[6][3] as position_based_cost_minor
settings join_use_nulls = 0
