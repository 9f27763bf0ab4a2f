-- purpose: What each subject adds to the support KPIs: cases and their resolution, requests for help and whether they led to a case, and what became of prospects with and without a case
-- grain: one row per subject_id, day, effective_at
-- reads: subject_event, subject_history, lifecycle_model, report_setting
-- time: days of the report time zone; windows in days of 24 hours, of the convert phase of the default model; each change counts from its own instant
with
    assumeNotNull((
        select time_zone from report_setting final
    )) as report_zone,
    -- Window of the first stage of the convert phase, 90 days without one.
    (
        select argMax(
            if(
                has(stages.phase, 'convert'),
                stages.convert_within_days[indexOf(stages.phase, 'convert')],
                90
            ),
            model_version
        )
        from lifecycle_model final
        where is_default_model and is_published
    ) as window_days,
    toDateTime64('2149-01-01 00:00:00', 3, 'UTC') as never,

-- 1 at, 2 event, 3 case id.
helps as (
    select
        subject_id,
        arrayFilter(
            e -> e.2 in (
                'Support Case Opened', 'Support Case Resolved',
                'Support Case Deflected', 'Help Article Viewed',
                'Contract Signed'
            ),
            arrayMap(
                (at, event, reference, id) ->
                    (at, event, if(reference = '', id, reference)),
                events.occurred_at,
                events.event,
                events.reference,
                events.event_id
            )
        ) as list
    from subject_event final
),

subjects as (
    select
        subject.subject_id as subject_id,
        subject.channel as channel,
        subject.campaign as campaign,
        subject.persona as persona,
        subject.country as country,
        subject.source as source,
        subject.first_seen_at as first_seen_at,
        startsWith(subject.subject_id, 'u:') as is_identified,
        arrayFilter(e -> e.2 = 'Support Case Opened', helps.list) as openings,
        -- A case opened again is still the same case.
        arrayFilter(
            (opening, occurrence) -> occurrence = 1,
            openings,
            arrayEnumerateUniq(arrayMap(e -> e.3, openings))
        ) as cases,
        arrayFilter(e -> e.2 = 'Support Case Resolved', helps.list) as closings,
        -- Views and deflections within 24 hours are one request for help.
        arrayFold(
            (starts, e) -> if(
                empty(starts) or e.1 > starts[-1] + toIntervalDay(1),
                arrayPushBack(starts, e.1),
                starts
            ),
            arrayFilter(
                e -> e.2 in ('Support Case Deflected', 'Help Article Viewed'),
                helps.list
            ),
            cast([] as Array(DateTime64(3, 'UTC')))
        ) as contacts,
        -- First order or signed contract.
        arrayMin(arrayConcat(
            [never],
            arrayMap(
                e -> e.1, arrayFilter(e -> e.2 = 'Contract Signed', helps.list)
            ),
            arrayFilter(
                (at, is_order) -> is_order,
                subject.orders.ordered_at,
                subject.orders.is_order
            )
        )) as customer_at,
        if(
            empty(cases) or cases[1].1 >= customer_at, never, cases[1].1
        ) as prospect_case_at
    from subject_history as subject final
    left join helps on helps.subject_id = subject.subject_id
    where not startsWith(subject.subject_id, 'g:')
),

-- 1 in effect from, 2 dated at, 3 what, 4 amount, 5 milliseconds.
changes as (
    select
        subject_id,
        channel,
        campaign,
        persona,
        country,
        source,
        arrayJoin(arrayConcat(
            arrayMap(e -> (e.1, e.1, 'case', 1, 0), cases),
            arrayFilter(
                change -> change.1 != 0,
                arrayMap(
                    opening -> (
                        arrayFirst(
                            e -> e.3 = opening.3 and e.1 >= opening.1, closings
                        ).1 as closed_at,
                        closed_at,
                        'resolved',
                        1,
                        toInt64(dateDiff(
                            'millisecond', opening.1, closed_at
                        ))
                    ),
                    cases
                )
            ),
            arrayMap(at -> (at, at, 'contact', 1, 0), contacts),
            arrayMap(
                at -> (
                    at + toIntervalDay(1),
                    at,
                    if(
                        arrayExists(
                            e -> e.1 >= at and e.1 <= at + toIntervalDay(1),
                            openings
                        ),
                        'escalated',
                        'deflected'
                    ),
                    1,
                    0
                ),
                contacts
            ),
            if(
                is_identified and prospect_case_at < never,
                [
                    (prospect_case_at, prospect_case_at, 'assisted', 1, 0),
                    (
                        prospect_case_at + toIntervalDay(window_days),
                        prospect_case_at,
                        if(
                            customer_at
                            <= prospect_case_at + toIntervalDay(window_days),
                            'assisted converted',
                            'assisted lost'
                        ),
                        1,
                        0
                    )
                ],
                []
            ),
            -- Until the window is over a case may still come.
            if(
                is_identified and first_seen_at < customer_at,
                [
                    (first_seen_at, first_seen_at, 'unassisted', 1, 0),
                    if(
                        prospect_case_at
                        <= first_seen_at + toIntervalDay(window_days),
                        (prospect_case_at, first_seen_at, 'unassisted', -1, 0),
                        (
                            first_seen_at + toIntervalDay(window_days),
                            first_seen_at,
                            if(
                                customer_at
                                <= first_seen_at + toIntervalDay(window_days),
                                'unassisted converted',
                                'unassisted lost'
                            ),
                            1,
                            0
                        )
                    )
                ],
                []
            )
        )) as change
    from subjects
)

select
    subject_id,
    change.1 as effective_at,
    cast(channel as String) as channel,
    cast(campaign as String) as campaign,
    cast(persona as String) as persona,
    cast(country as String) as country,
    cast(source as String) as source,
    toDate(toTimeZone(change.2, report_zone)) as day,
    if(
        change.3 = 'resolved',
        toUInt16(least(intDiv(change.5 + 3599999, 3600000), 65535)),
        0
    ) as resolution_hours,
    toInt64(change.3 = 'case') as case_count,
    toInt64(change.3 = 'resolved') as resolved_count,
    intDiv(change.5, 1000) as resolution_seconds,
    toInt64(change.3 = 'contact') as contact_count,
    toInt64(change.3 in ('escalated', 'deflected')) as contact_exposed_count,
    toInt64(change.3 = 'deflected') as deflected_count,
    toInt64(change.3 = 'assisted') as assisted_count,
    toInt64(change.3 in ('assisted converted', 'assisted lost'))
        as assisted_exposed_count,
    toInt64(change.3 = 'assisted converted') as assisted_converted_count,
    toInt64(if(change.3 = 'unassisted', change.4, 0)) as unassisted_count,
    toInt64(change.3 in ('unassisted converted', 'unassisted lost'))
        as unassisted_exposed_count,
    toInt64(change.3 = 'unassisted converted') as unassisted_converted_count
from changes
settings join_use_nulls = 0
