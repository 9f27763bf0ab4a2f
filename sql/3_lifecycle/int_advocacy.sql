-- purpose: What each subject adds to the advocacy KPIs: periods in which it was active and an advocate, invitations it sent, and whether it became a customer after taking one up
-- grain: one row per subject_id, grain, period_start, effective_at, active_count, advocate_count, invitation_count, referred_count
-- reads: subject_event, subject_history, subject_journey, lifecycle_model, report_setting
-- time: days of the report time zone; an active day counts from its beginning, all else from its own instant; the window is that of the convert phase of the default model
with
    assumeNotNull((
        select time_zone from report_setting final
    )) as report_zone,
    assumeNotNull((
        select week_start from report_setting final
    )) as first_weekday,
    -- Of the default model: id, version, stages of the advocate phase, window
    -- of the first stage of the convert phase (90 days without one).
    (
        select argMax(
            (
                model_id,
                model_version,
                arrayFilter(
                    (stage, phase) -> phase = 'advocate',
                    stages.stage_id,
                    stages.phase
                ),
                if(
                    has(stages.phase, 'convert'),
                    stages.convert_within_days[
                        indexOf(stages.phase, 'convert')
                    ],
                    90
                )
            ),
            model_version
        )
        from lifecycle_model final
        where is_default_model and is_published
    ) as default_model,
    toDateTime64('2149-01-01 00:00:00', 3, 'UTC') as never,

-- 1 at, 2 event, 3 reference, 4 score.
happenings as (
    select
        subject_id,
        arrayFilter(
            e -> e.2 in (
                'Referral Sent', 'Referral Accepted', 'Signed Up',
                'Review Submitted', 'Survey Answered', 'Contract Signed'
            ),
            arrayMap(
                (at, event, reference, score) -> (at, event, reference, score),
                events.occurred_at,
                events.event,
                events.reference,
                events.quantity
            )
        ) as list
    from subject_event final
),

advocacies as (
    select
        subject_id,
        arrayFilter(
            (visit, stage_id) -> has(default_model.3, stage_id),
            arrayZip(
                visits.entered_at,
                arrayMap(at -> ifNull(at, never), visits.exited_at)
            ),
            visits.stage_id
        ) as list
    from subject_journey final
    where model_id = default_model.1 and model_version = default_model.2
),

subjects as (
    select
        subject.subject_id as subject_id,
        subject.channel as channel,
        subject.campaign as campaign,
        subject.persona as persona,
        subject.country as country,
        subject.source as source,
        if(
            startsWith(subject.subject_id, 'u:'), subject.active_dates, []
        ) as dates,
        -- A bad review is no advocacy; one without stars is taken as a good
        -- one. What has no length is a span of a millisecond.
        arrayConcat(
            advocacies.list,
            arrayMap(
                e -> (e.1, e.1 + toIntervalMillisecond(1)),
                arrayFilter(
                    e -> e.2 = 'Referral Sent'
                        or e.2 = 'Review Submitted' and ifNull(e.4, 5) >= 4
                        or e.2 = 'Survey Answered'
                        and positionCaseInsensitive(e.3, 'nps') > 0
                        and ifNull(e.4 between 9 and 10, false),
                    happenings.list
                )
            )
        ) as spans,
        arrayMap(
            e -> (e.1, 'invitation'),
            arrayFilter(e -> e.2 = 'Referral Sent', happenings.list)
        ) as invitations,
        arrayFirst(
            e -> e.2 = 'Referral Accepted'
                or e.2 = 'Signed Up' and e.3 != '',
            happenings.list
        ).1 as referred_at,
        -- First order or signed contract.
        arrayMin(arrayConcat(
            [never],
            arrayMap(
                e -> e.1,
                arrayFilter(e -> e.2 = 'Contract Signed', happenings.list)
            ),
            arrayFilter(
                (at, is_order) -> is_order,
                subject.orders.ordered_at,
                subject.orders.is_order
            )
        )) as customer_at,
        if(
            referred_at != 0 and referred_at < customer_at,
            [(referred_at, 'referred')],
            []
        ) as referrals
    from subject_history as subject final
    left join happenings on happenings.subject_id = subject.subject_id
    left join advocacies on advocacies.subject_id = subject.subject_id
    where startsWith(subject.subject_id, 'u:')
        or (
            not startsWith(subject.subject_id, 'g:')
            and notEmpty(happenings.list)
        )
),

grains as (
    select
        subject_id,
        channel,
        campaign,
        persona,
        country,
        source,
        spans,
        customer_at,
        arrayJoin(['day', 'week', 'month', 'quarter', 'year']) as grain,
        -- 1 at, 2 what: the first active day of each period, and the rest.
        arrayJoin(arrayConcat(
            arrayMap(
                -- In UTC, where a window of days is one of 24 hours each.
                date -> (
                    toTimeZone(toDateTime64(date, 3, report_zone), 'UTC'),
                    'active'
                ),
                arrayFilter(
                    (date, occurrence) -> occurrence = 1,
                    dates,
                    arrayEnumerateUniq(arrayMap(
                        date -> lm_period_start(date, grain, first_weekday),
                        dates
                    ))
                )
            ),
            invitations,
            referrals
        )) as fact,
        lm_period_start(
            toDate(toTimeZone(fact.1, report_zone)), grain, first_weekday
        ) as period_start,
        toDateTime64(period_start, 3, report_zone) as start_at,
        toDateTime64(lm_next_period(period_start, grain), 3, report_zone)
            as end_at
    from subjects
),

-- 1 in effect from, 2 what.
changes as (
    select
        subject_id,
        channel,
        campaign,
        persona,
        country,
        source,
        grain,
        period_start,
        arrayJoin(multiIf(
            fact.2 = 'active',
            arrayPushFront(
                arrayMap(
                    span -> (greatest(span.1, fact.1), 'advocate'),
                    -- The earliest of those that touch the period.
                    arraySlice(
                        arraySort(arrayFilter(
                            span -> span.1 < end_at and span.2 > start_at, spans
                        )),
                        1,
                        1
                    )
                ),
                fact
            ),
            fact.2 = 'referred',
            [
                fact,
                (
                    fact.1 + toIntervalDay(default_model.4),
                    if(
                        customer_at <= fact.1 + toIntervalDay(default_model.4),
                        'converted',
                        'lost'
                    )
                )
            ],
            [fact]
        )) as change
    from grains
)

select
    subject_id,
    toTimeZone(change.1, 'UTC') as effective_at,
    cast(channel as String) as channel,
    cast(campaign as String) as campaign,
    cast(persona as String) as persona,
    cast(country as String) as country,
    cast(source as String) as source,
    grain,
    period_start,
    toInt64(change.2 = 'active') as active_count,
    toInt64(change.2 = 'advocate') as advocate_count,
    toInt64(change.2 = 'invitation') as invitation_count,
    toInt64(change.2 = 'referred') as referred_count,
    toInt64(change.2 in ('converted', 'lost')) as referred_exposed_count,
    toInt64(change.2 = 'converted') as referred_converted_count
from changes
settings join_use_nulls = 0
