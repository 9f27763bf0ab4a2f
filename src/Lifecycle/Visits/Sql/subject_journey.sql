-- purpose: Writes the stage visits of every subject of one batch in one model; the parts in << >> are made from the model by JourneySql
-- grain: one row per model_id, model_version, subject_id
-- reads: refresh_key, subject_history, stg_event
-- time: instants in UTC; depends on the events alone: the last visit ends with its scheduled lapse, maybe in the future
insert into subject_journey
(
    model_id,
    model_version,
    subject_id,
    visits.stage_id,
    visits.ordinal,
    visits.visit_no,
    visits.entered_at,
    visits.exited_at,
    visits.previous_stage_id,
    visits.direction,
    visits.lap,
    visits.cause_event_id,
    version
)
with
    keys as
    (
        select
            subject_key,
            subject_id
        from refresh_key
        where refresh_no = {refresh_no:UInt64} and bucket = {bucket:UInt32}
    ),

    histories as
    (
        select
            subject_id,
            orders.event_id as order_event_id,
            orders.is_order as is_order,
            orders.voided_at as voided_at,
            reversals.reversed_at as reversed_at,
            reversals.event_id as reversed_by
        from subject_history
        where version = {refresh_no:UInt64}
            and subject_id in (select subject_id from keys)
    ),

    -- The report of each order that counts; void_ms is far away if it stands.
    counted_orders as
    (
        select
            subject_id,
            event_id,
            ifNull(
                toUnixTimestamp64Milli(order_voided_at), {never:Int64}
            ) as void_ms
        from histories
        array join
            order_event_id as event_id,
            is_order as is_counted,
            voided_at as order_voided_at
        where is_counted
    ),

    matches as
    (
        select
            keys.subject_id as subject_id,
            event.event_id as event_id,
            toUnixTimestamp64Milli(event.occurred_at) as at_ms,
            event.event = 'Order Completed' as is_order,
            event.is_passive as is_passive,
            -- One bit per entry rule the event meets.
            <<rules>> as rules
        from stg_event as event
        inner join keys on keys.subject_key = event.subject_key
        where event.subject_key in (select subject_key from keys)
            and not event.is_excluded
            and event.event in {events:Array(String)}
            and rules != 0
    ),

    -- Second reports of an order are left out.
    lives as
    (
        select
            matches.subject_id as subject_id,
            arraySort(groupArray((
                matches.at_ms,
                matches.event_id,
                matches.rules,
                matches.is_order,
                matches.is_passive,
                if(matches.is_order, orders.void_ms, {never:Int64})
            ))) as received
        from matches
        left join counted_orders as orders
            on orders.subject_id = matches.subject_id
            and orders.event_id = matches.event_id
        where not matches.is_order or orders.event_id != ''
        group by matches.subject_id
    ),

    -- What is done to a subject counts only until the subject first acts.
    -- e: 1 at, 2 event id, 3 rules, 4 is order, 5 is passive, 6 void at
    counted as
    (
        select
            subject_id,
            arrayFirstIndex(e -> not e.5, received) as first_act,
            arrayFilter(
                (e, i) -> not e.5 or first_act = 0 or i < first_act,
                received,
                arrayEnumerate(received)
            ) as events
        from lives
    ),

    -- One bit per stage the event leads into, once "nth" is looked at too.
    staged as
    (
        select
            counted.subject_id as subject_id,
            counted.events as events,
            histories.reversed_at as reversed_at,
            arrayConcat(
                arrayMap(e -> e.2, events),
                histories.reversed_by
            ) as causes,
            <<counts>>
            <<stages>> as stages
        from counted
        inner join histories on histories.subject_id = counted.subject_id
    ),

    -- Steps in the order they are taken. At one instant events come before the
    -- refunds that leave no order, lower stages before higher ones.
    -- e: 1 at, 2 is reversal, 3 lowest stage bit, 4 cause, 5 stages, 6 is order
    stepped as
    (
        select
            subject_id,
            causes,
            arraySort(
                arrayConcat(
                    arrayFilter(
                        e -> e.5 != 0,
                        arrayMap(
                            (e, stage, i) -> (
                                e.1,
                                toUInt8(0),
                                toUInt32(bitAnd(stage, bitNot(stage) + 1)),
                                toUInt32(i),
                                stage,
                                toUInt8(e.4)
                            ),
                            events,
                            stages,
                            arrayEnumerate(events)
                        )
                    ),
                    arrayMap(
                        (at, i) -> (
                            toUnixTimestamp64Milli(at),
                            toUInt8(1),
                            toUInt32(0),
                            toUInt32(i + length(events)),
                            toUInt32(0),
                            toUInt8(0)
                        ),
                        reversed_at,
                        arrayEnumerate(reversed_at)
                    )
                )
            ) as steps
        from staged
    ),

    -- The life, step by step.
    -- s: 1 stage, 2 entered it at, 3 last activity at, 4 lap, 5 stage before the
    --    first order of this lap (0 = no order yet), 6 visits so far
    -- visit: 1 stage, 2 at, 3 direction, 4 lap, 5 cause
    folded as
    (
        select
            subject_id,
            causes,
            arrayFold(
                (s, e) -> (
                    if(enters, next, stage),
                    if(enters, e.1, s.2),
                    if(e.2 = 0, e.1, s.3),
                    toUInt32(s.4 + (e.2 = 0 and stage = 0)) as lap,
                    toUInt8(multiIf(
                        e.2 = 1, if(enters, 0, s.5),
                        -- An order that begins the lap came from no stage: it
                        -- is turned back to the first.
                        stage = 0, e.6,
                        enters and e.6 = 1 and s.5 = 0, stage,
                        s.5
                    )),
                    arrayConcat(
                        s.6,
                        if(
                            lapses,
                            [(
                                toUInt8(0),
                                lapses_at,
                                toUInt8(6),
                                s.4,
                                toUInt32(0)
                            )],
                            []
                        ),
                        if(
                            (
                                -- Never before the visit itself began.
                                greatest(
                                    s.3 + {windows:Array(Int64)}[s.1 + 1], s.2
                                ) as lapses_at,
                                e.2 = 0
                                and s.1 != 0
                                and e.1 >= lapses_at as lapses,
                                toUInt8(if(lapses, 0, s.1)) as stage,
                                bitShiftRight(e.5, stage) as ahead,
                                -- Forward to the lowest stage ahead; a reversal
                                -- goes back to before the first order.
                                toUInt8(multiIf(
                                    e.2 = 1,
                                    if(s.5 < s.1 and e.1 < lapses_at, s.5, 0),
                                    ahead = 0,
                                    0,
                                    stage + 1 + bitCount(
                                        bitAnd(bitNot(ahead), ahead - 1)
                                    )
                                )) as next,
                                next != 0 as enters
                            ).6,
                            [(
                                next,
                                e.1,
                                toUInt8(multiIf(
                                    e.2 = 1, 4,
                                    stage != 0, if(next = stage + 1, 2, 3),
                                    s.1 = 0, 1,
                                    5
                                )),
                                lap,
                                e.4
                            )],
                            []
                        )
                    )
                ),
                steps,
                (
                    toUInt8(0),
                    toInt64(0),
                    toInt64(0),
                    toUInt32(0),
                    toUInt8(0),
                    [(
                        toUInt8(0),
                        toInt64(0),
                        toUInt8(0),
                        toUInt32(0),
                        toUInt32(0)
                    )]
                )
            ) as life,
            -- Without the empty first element, and with the scheduled lapse.
            arrayConcat(
                arrayPopFront(life.6),
                [(
                    toUInt8(0),
                    greatest(
                        life.3 + {windows:Array(Int64)}[life.1 + 1], life.2
                    ),
                    toUInt8(6),
                    life.4,
                    toUInt32(0)
                )]
            ) as visits
        from stepped
        where life.4 != 0
    )

select
    {model_id:String} as model_id,
    {model_version:UInt32} as model_version,
    subject_id,
    arrayMap(v -> {stage_ids:Array(String)}[v.1 + 1], visits) as stage_ids,
    arrayMap(v -> v.1, visits) as ordinals,
    arrayEnumerateUniq(ordinals) as visit_nos,
    arrayMap(v -> fromUnixTimestamp64Milli(v.2, 'UTC'), visits) as entered_ats,
    arrayPushBack(arrayPopFront(entered_ats), null) as exited_ats,
    arrayPushFront(arrayPopBack(stage_ids), '') as previous_stage_ids,
    arrayMap(
        v -> [
            'first', 'forward', 'skip', 'back', 're-enter', 'lapse'
        ][v.3],
        visits
    ) as directions,
    arrayMap(v -> v.4, visits) as laps,
    arrayMap(v -> causes[v.5], visits) as cause_event_ids,
    {refresh_no:UInt64} as version
from folded
settings join_use_nulls = 0
