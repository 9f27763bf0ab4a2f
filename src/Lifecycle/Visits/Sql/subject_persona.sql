-- purpose: Writes which persona every subject of one batch was when: declared by identify calls and assignments, else by the rules; << >> is made from the rules by PersonaSql
-- grain: one row per subject_id
-- reads: batch_event
-- time: instants in UTC; depends on the events alone: an end that is scheduled lies maybe in the future
insert into batch_subject_persona
(
    subject_id,
    memberships.persona,
    memberships.origin,
    memberships.valid_from,
    memberships.valid_until,
    memberships.cause_event_id,
    version
)
with
    -- Second reports of an order are left out.
    -- met: 1 always 1, 2 personas the event makes, 3 rules that count events
    matches as
    (
        select
            event.subject_id as subject_id,
            event.event_id as event_id,
            toUnixTimestamp64Milli(event.occurred_at) as at_ms,
            <<rules>> as met
        from batch_event as event
        where event.event in {persona_events:Array(String)}
        order by at_ms, event_id
        limit 1 by
            subject_id,
            if(
                event.event = 'Order Completed' and event.order_id != '',
                concat('o:', event.order_id),
                event_id
            )
    ),

    -- e: 1 at, 2 event id, 3 personas, 6 void at, 7 rules that count events, as
    --    in subject_journey
    lives as
    (
        select
            subject_id,
            met.1 as model_no,
            arraySort(groupArray((
                at_ms, event_id, met.2, 0, 0, {for_ever:Int64}, met.3
            ))) as events
        from matches
        where met.2 != 0 or met.3 != 0
        group by subject_id, model_no
    ),

    made as
    (
        select
            subject_id,
            events,
            <<counts>>
            <<stages>> as personas
        from lives
    ),

    -- Events that make the subject this persona; one before the end of the
    -- last makes it go on.
    hits as
    (
        select
            subject_id,
            rank,
            {persona_holds:Array(Int64)}[rank] as holds,
            arrayFilter(
                (e, persona) -> bitTest(persona, rank - 1), events, personas
            ) as hits,
            arrayMap(e -> e.1, hits) as ats
        from made
        array join range(1, length({persona_ids:Array(String)}) + 1) as rank
        where notEmpty(hits)
    ),

    -- span: 1 rank, 2 from, 3 until, 4 cause, 5 persona
    ruled as
    (
        select
            subject_id,
            arrayMap(
                (first, last) -> (
                    toUInt8(rank),
                    first.1,
                    last + holds,
                    first.2,
                    {persona_ids:Array(String)}[rank]
                ),
                arrayFilter(
                    (e, before) -> e.1 > before + holds,
                    hits,
                    arrayPushFront(arrayPopBack(ats), -2 * {for_ever:Int64})
                ),
                arrayFilter(
                    (at, next) -> next > at + holds,
                    ats,
                    arrayPushBack(arrayPopFront(ats), 4 * {for_ever:Int64})
                )
            ) as spans
        from hits
    ),

    -- Each declaration ends the one before; one without a persona does only
    -- that.
    declarations as
    (
        select
            subject_id,
            arraySort(groupArray((
                toUnixTimestamp64Milli(occurred_at),
                event_id,
                if(
                    event = 'Persona Assigned',
                    JSONExtractString(properties, 'persona'),
                    JSONExtractString(traits, 'persona')
                ),
                ifNull(
                    toUnixTimestamp64Milli(parseDateTime64BestEffortOrNull(
                        JSONExtractString(properties, 'valid_until'), 3, 'UTC'
                    )),
                    {for_ever:Int64}
                )
            ))) as list
        from batch_event
        where event = 'Persona Assigned'
            or JSONExtractString(traits, 'persona') != ''
        group by subject_id
    ),

    declared as
    (
        select
            subject_id,
            arrayFilter(
                span -> span.5 != '' and span.2 < span.3,
                arrayMap(
                    (d, next) -> (
                        toUInt8(0), d.1, least(d.4, next), d.2, d.3
                    ),
                    list,
                    arrayPushBack(
                        arrayPopFront(arrayMap(d -> d.1, list)),
                        {for_ever:Int64}
                    )
                )
            ) as spans
        from declarations
    ),

    subjects as
    (
        select
            subject_id,
            arraySort(span -> (span.1, -span.2), groupArrayArray(spans)) as spans
        from (
            select subject_id, spans from ruled
            union all
            select subject_id, spans from declared
        )
        group by subject_id
        having notEmpty(spans)
    ),

    -- What holds from each instant on at which a span begins or ends; no
    -- persona if nothing does.
    held as
    (
        select
            subject_id,
            arraySort(arrayDistinct(arrayFilter(
                at -> at < {for_ever:Int64},
                arrayConcat(
                    arrayMap(span -> span.2, spans),
                    arrayMap(span -> span.3, spans)
                )
            ))) as ats,
            arrayMap(
                at -> arrayFirst(
                    span -> span.2 <= at and at < span.3, spans
                ),
                ats
            ) as holds
        from subjects
    ),

    -- 1 from, 2 what holds
    changes as
    (
        select
            subject_id,
            arrayFilter(
                (change, before) -> (change.2.1, change.2.5)
                    != (before.1, before.5),
                arrayZip(ats, holds),
                arrayPushFront(
                    arrayPopBack(holds),
                    (toUInt8(0), toInt64(0), toInt64(0), '', '')
                )
            ) as list
        from held
    ),

    -- 1 persona, 2 rank, 3 from, 4 until, 5 cause
    lists as
    (
        select
            subject_id,
            arrayFilter(
                m -> m.1 != '',
                arrayMap(
                    (change, next) -> (
                        change.2.5, change.2.1, change.1, next, change.2.4
                    ),
                    list,
                    arrayPushBack(
                        arrayPopFront(arrayMap(change -> change.1, list)),
                        {for_ever:Int64}
                    )
                )
            ) as memberships
        from changes
        where notEmpty(memberships)
    )

select
    subject_id,
    arrayMap(m -> m.1, memberships) as personas,
    arrayMap(m -> if(m.2 = 0, 'declared', 'rule'), memberships) as origins,
    arrayMap(
        m -> fromUnixTimestamp64Milli(m.3, 'UTC'), memberships
    ) as valid_froms,
    arrayMap(
        m -> if(
            m.4 >= {for_ever:Int64}, null, fromUnixTimestamp64Milli(m.4, 'UTC')
        ),
        memberships
    ) as valid_untils,
    arrayMap(m -> m.5, memberships) as cause_event_ids,
    {refresh_no:UInt64} as version
from lists
settings join_use_nulls = 0
