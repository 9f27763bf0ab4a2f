-- purpose: Writes the stage visits of every subject of one batch in some models; the parts in << >> are made from the models by JourneySql
-- grain: one row per model_id, model_version, subject_id
-- reads: what lives_of_contacts.sql or lives_of_accounts.sql read
-- time: instants in UTC; depends on the events alone: the last visit ends with its scheduled lapse, maybe in the future
insert into <<journeys>>
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
    -- What the rules of all models ask of an event, one bit each. Orders are there
    -- also if none asks.
    answered as
    (
        select
            event.subject_id as subject_id,
            event.event_id as event_id,
            toUnixTimestamp64Milli(event.occurred_at) as at_ms,
            event.event = 'Order Completed' as is_order,
            event.is_passive as is_passive,
            if(event.order_id = '', event.event_id, event.order_id) as order_id,
            <<answers>> as answers
        from <<events>> as event
        where event.event in {events:Array(String)}
            or event.event = 'Order Completed'
    ),

<<lives>>

    -- One row per subject and model, with the events that meet a rule of it.
    -- Events are put in order once for all models.
    received as
    (
        select
            subject_id,
            model_no,
            reversed_at,
            reversed_by,
            <<picks>>,
            arrayFilter(
                e -> e.3 != 0 or e.7 != 0,
                arrayMap(
                    e -> (
                        e.1,
                        e.2,
                        toUInt32(<<leads_into>>),
                        e.4,
                        e.5,
                        e.6,
                        toUInt32(<<counts_for>>)
                    ),
                    events
                )
            ) as met
        from lives
        array join {model_nos:Array(UInt8)} as model_no
        where notEmpty(met)
    ),

    -- What is done to a subject counts only until the subject first acts.
    -- e: 1 at, 2 event id, 3 stages, 4 is order, 5 is passive, 6 void at,
    --    7 rules that count events
    counted as
    (
        select
            subject_id,
            model_no,
            arrayFirstIndex(e -> not e.5, met) as first_act,
            arrayFilter(
                (e, i) -> not e.5 or first_act = 0 or i < first_act,
                met,
                arrayEnumerate(met)
            ) as events,
            reversed_at,
            reversed_by
        from received
    ),

    -- One bit per stage the event leads into, once "nth" is looked at too.
    staged as
    (
        select
            subject_id,
            model_no,
            events,
            reversed_at,
            arrayConcat(arrayMap(e -> e.2, events), reversed_by) as causes,
            <<counts>>
            <<stages>> as stages
        from counted
    ),

    -- Steps in the order they are taken. At one instant events come before the
    -- refunds that leave no order, lower stages before higher ones.
    -- e: 1 at, 2 is reversal, 3 lowest stage bit, 4 cause, 5 stages, 6 is order
    stepped as
    (
        select
            subject_id,
            model_no,
            {offsets:Array(UInt32)}[model_no] as stage_offset,
            {after_lapse:Array(UInt32)}[model_no] as after_lapse,
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

    -- Most steps only put the lapse off: the step before has led at least as far
    -- as they lead, and less time has passed than any stage lasts. They go; the
    -- step before them says until when they came.
    turning as
    (
        select
            subject_id,
            model_no,
            stage_offset,
            after_lapse,
            causes,
            arrayPopBack(arrayPushFront(
                steps,
                (
                    toInt64(0),
                    toUInt8(1),
                    toUInt32(0),
                    toUInt32(0),
                    toUInt32(0),
                    toUInt8(0)
                )
            )) as befores,
            arrayMap(
                (e, before) -> e.2 = 1
                    or before.2 = 1
                    or e.1 - before.1 >= shortest_window
                    -- Into a stage after a lapse it may not have led.
                    or bitAnd(before.5, bitNot(after_lapse)) = 0
                    or e.5 >= 2 * before.3,
                steps,
                befores
            ) as is_turn,
            {shortest_windows:Array(Int64)}[model_no] as shortest_window,
            arrayFilter((e, is) -> is, steps, is_turn) as turns,
            arrayPopFront(arrayPushBack(
                arrayMap(
                    before -> before.1,
                    arrayFilter((before, is) -> is, befores, is_turn)
                ),
                steps[-1].1
            )) as untils
        from stepped
    ),

    -- The life, turn by turn. Expressions under an alias are copied to each of
    -- their uses, so the inner lambda gives the stage the step leads into a name
    -- instead, and the state holds what keeps the rest short.
    -- s: 1 stage, 2 lapses at, 3 lap, 4 stage before the first order of the lap
    --    (0 = no order yet), 5 entries so far
    -- entry: 1 stage, 2 at, 3 lap, 4 cause, 5 when the stage before would lapse
    folded as
    (
        select
            subject_id,
            model_no,
            stage_offset,
            causes,
            arrayFold(
                (s, e, until) -> arrayMap(
                    next -> (
                        if(next != 0, next, s.1),
                        multiIf(
                            e.2 = 0,
                            until + {windows:Array(Int64)}[
                                stage_offset + if(next != 0, next, s.1) + 1
                            ],
                            -- A refund is no activity, but the stage it leads
                            -- back to is not left before it is entered.
                            next != 0,
                            greatest(
                                s.2
                                - {windows:Array(Int64)}[
                                    stage_offset + s.1 + 1
                                ]
                                + {windows:Array(Int64)}[
                                    stage_offset + next + 1
                                ],
                                e.1
                            ),
                            s.2
                        ),
                        -- Nothing that leads only into stages after a lapse
                        -- begins a life.
                        toUInt32(
                            s.3
                            + (
                                e.2 = 0
                                and e.1 >= s.2
                                and (
                                    s.3 != 0
                                    or bitAnd(e.5, bitNot(after_lapse)) != 0
                                )
                            )
                        ) as lap,
                        toUInt8(multiIf(
                            e.2 = 1, if(next != 0, 0, s.4),
                            -- An order that begins the lap came from no stage:
                            -- it is turned back to the first.
                            e.1 >= s.2, e.6,
                            next != 0 and e.6 = 1 and s.4 = 0, s.1,
                            s.4
                        )),
                        arrayConcat(
                            s.5,
                            if(next != 0, [(next, e.1, lap, e.4, s.2)], [])
                        )
                    ),
                    -- Forward to the lowest stage ahead, after a lapse from the
                    -- beginning: into a stage after a lapse only then, but then
                    -- before all others. 0 if there is none. A reversal goes
                    -- back to before the first order.
                    [toUInt8(if(
                        e.2 = 1,
                        if(s.4 < s.1 and e.1 < s.2, s.4, 0),
                        bitPositionsToArray(bitShiftLeft(
                            toUInt64(bitAnd(
                                bitAnd(e.5, toUInt32(if(
                                    s.3 != 0 and e.1 >= s.2,
                                    if(
                                        bitAnd(e.5, after_lapse) != 0,
                                        after_lapse,
                                        4294967295
                                    ),
                                    bitNot(after_lapse)
                                ))),
                                bitShiftLeft(
                                    toUInt32(4294967295),
                                    if(e.1 >= s.2, 0, s.1)
                                )
                            )),
                            1
                        ))[1]
                    ))]
                )[1],
                turns,
                untils,
                (
                    toUInt8(0),
                    -{never:Int64},
                    toUInt32(0),
                    toUInt8(0),
                    [(
                        toUInt8(0),
                        toInt64(0),
                        toUInt32(0),
                        toUInt32(0),
                        toInt64(0)
                    )]
                )
            ) as life
        from turning
    ),

    lived as
    (
        select
            subject_id,
            model_no,
            stage_offset,
            causes,
            -- Each new lap is preceded by the lapse, and the scheduled lapse
            -- comes last. The empty first entry goes.
            arrayConcat(
                arrayFlatten(
                    arrayMap(
                        (v, lap_before) -> if(
                            lap_before != 0 and v.3 > lap_before,
                            [
                                (toUInt8(0), v.5, lap_before, toUInt32(0)),
                                (v.1, v.2, v.3, v.4)
                            ],
                            [(v.1, v.2, v.3, v.4)]
                        ),
                        arrayPopFront(life.5),
                        arrayPopBack(arrayMap(v -> v.3, life.5))
                    )
                ),
                [(toUInt8(0), life.2, life.3, toUInt32(0))]
            ) as visits
        from folded
        where life.3 != 0
    )

select
    {model_ids:Array(String)}[model_no] as model_id,
    {model_versions:Array(UInt32)}[model_no] as model_version,
    subject_id,
    arrayMap(v -> {stage_ids:Array(String)}[stage_offset + v.1 + 1], visits) as stage_ids,
    arrayMap(v -> v.1, visits) as ordinals,
    arrayEnumerateUniq(ordinals) as visit_nos,
    arrayMap(v -> fromUnixTimestamp64Milli(v.2, 'UTC'), visits) as entered_ats,
    arrayPushBack(arrayPopFront(entered_ats), null) as exited_ats,
    arrayPushFront(arrayPopBack(stage_ids), '') as previous_stage_ids,
    arrayMap(
        (stage, before, lap) -> multiIf(
            stage = 0, 'lapse',
            before = 0, if(lap = 1, 'first', 're-enter'),
            stage < before, 'back',
            {steps:Array(UInt8)}[stage_offset + stage + 1]
            = {steps:Array(UInt8)}[stage_offset + before + 1] + 1, 'forward',
            'skip'
        ),
        ordinals,
        arrayPushFront(arrayPopBack(ordinals), 0),
        laps
    ) as directions,
    arrayMap(v -> v.3, visits) as laps,
    arrayMap(v -> causes[v.4], visits) as cause_event_ids,
    {refresh_no:UInt64} as version
from lived
-- Arrays of some thousand subjects stay in the processor's cache, and other
-- threads get theirs.
settings join_use_nulls = 0, max_block_size = 8192
