-- purpose: What each subject adds to the survey KPIs: the latest answer per survey and period, surveys sent, and whether they were answered within 30 days
-- grain: one row per subject_id, survey, grain, period_start, effective_at, nps_count, csat_count, sent_count, exposed_count
-- reads: subject_event, subject_history, report_setting
-- time: days of the report time zone; an answer counts from its own instant until the next in the same period, a survey sent counts as exposed 30 days later
with
    assumeNotNull((
        select time_zone from report_setting final
    )) as report_zone,
    assumeNotNull((
        select week_start from report_setting final
    )) as first_weekday,
    toDateTime64('2149-01-01 00:00:00', 3, 'UTC') as never,

surveys as (
    select
        subject_id,
        survey,
        positionCaseInsensitive(survey, 'csat') > 0 as is_csat,
        -- An answer off the scale is none.
        arraySort(groupArrayIf(
            (answered_at, id, assumeNotNull(score)),
            event = 'Survey Answered'
            and ifNull(score between is_csat and if(is_csat, 5, 10), false)
        )) as answers,
        arraySort(groupUniqArrayIf(answered_at, event = 'Survey Sent'))
            as sendings
    from subject_event final
    array join
        events.occurred_at as answered_at,
        events.event_id as id,
        events.event as event,
        events.reference as survey,
        events.quantity as score
    where event in ('Survey Sent', 'Survey Answered')
        and (
            positionCaseInsensitive(survey, 'nps') > 0
            or positionCaseInsensitive(survey, 'csat') > 0
        )
    group by subject_id, survey
),

-- 1 in effect from, 2 until another in the same period, 3 dated at, then the
-- measures.
facts as (
    select
        subject_id,
        survey,
        arrayConcat(
            arrayMap(
                (answer, next) -> (
                    answer.1, next.1, answer.1,
                    not is_csat, not is_csat and answer.3 >= 9,
                    not is_csat and answer.3 <= 6,
                    is_csat, is_csat and answer.3 >= 4,
                    0, 0, 0
                ),
                answers,
                arrayPopFront(arrayPushBack(answers, (never, '', 0.)))
            ),
            arrayMap(
                sent_at -> (sent_at, never, sent_at, 0, 0, 0, 0, 0, 1, 0, 0),
                sendings
            ),
            arrayMap(
                (sent_at, next_at) -> (
                    sent_at + toIntervalDay(30), never, sent_at,
                    0, 0, 0, 0, 0, 0, 1,
                    arrayExists(
                        answer ->
                            answer.1 >= sent_at
                            and answer.1 <= sent_at + toIntervalDay(30)
                            and answer.1 < next_at,
                        answers
                    )
                ),
                sendings,
                arrayPopFront(arrayPushBack(sendings, never))
            )
        ) as list
    from surveys
),

periods as (
    select
        subject_id,
        survey,
        fact,
        arrayJoin(['day', 'week', 'month', 'quarter', 'year']) as grain,
        lm_period_start(
            toDate(toTimeZone(fact.3, report_zone)), grain, first_weekday
        ) as period_start,
        -- -1 takes an answer back when the next one of the period comes.
        arrayJoin(if(
            toDate(toTimeZone(fact.2, report_zone))
            < lm_next_period(period_start, grain),
            [1, -1],
            [1]
        )) as sign
    from facts
    array join list as fact
)

select
    periods.subject_id as subject_id,
    if(sign = 1, fact.1, fact.2) as effective_at,
    cast(subject.channel as String) as channel,
    cast(subject.campaign as String) as campaign,
    cast(subject.persona as String) as persona,
    cast(subject.country as String) as country,
    cast(subject.source as String) as source,
    cast(survey as String) as survey,
    grain,
    period_start,
    toInt64(sign * fact.4) as nps_count,
    toInt64(sign * fact.5) as promoter_count,
    toInt64(sign * fact.6) as detractor_count,
    toInt64(sign * fact.7) as csat_count,
    toInt64(sign * fact.8) as satisfied_count,
    toInt64(fact.9) as sent_count,
    toInt64(fact.10) as exposed_count,
    toInt64(fact.11) as response_count
from periods
inner join subject_history as subject final
    on subject.subject_id = periods.subject_id
