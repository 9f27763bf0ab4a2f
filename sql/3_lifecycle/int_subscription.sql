-- purpose: Subscriptions: from when to when each ran, at what monthly amount and in which plan; what changes ends one interval and begins the next
-- grain: one row per subject_id, subscription_id, started_at
-- reads: subject_event, report_setting
-- time: instants in UTC; ended_at is null while nothing has ended the interval; a late event changes the intervals
with
    assumeNotNull((
        select currency from report_setting final
    )) as reporting_currency,

reports as (
    select
        subject_id,
        reference,
        occurred_at,
        event_id,
        indexOf(
            [
                'Subscription Cancelled', 'Subscription Started',
                'Subscription Changed', 'Subscription Renewed'
            ],
            event
        ) as kind,
        upper(multiIf(
            JSONExtractString(properties, 'currency') != '',
            JSONExtractString(properties, 'currency'),
            event_currency != '', event_currency::String,
            reporting_currency
        )) as currency,
        -- Minor units a month; null where the event names no amount.
        abs(coalesce(
            JSONExtract(properties, 'mrr', 'Nullable(Float64)')
                * lm_minor_units(currency),
            coalesce(
                JSONExtract(properties, 'amount', 'Nullable(Float64)')
                    * lm_minor_units(currency),
                amount_minor
            ) / if(JSONExtractString(properties, 'interval') = 'year', 12, 1)
        )) as monthly_minor,
        JSONExtractString(properties, 'plan') as plan
    from subject_event final
    array join
        events.occurred_at as occurred_at,
        events.event_id as event_id,
        events.event as event,
        events.reference as reference,
        events.amount_minor as amount_minor,
        events.currency as event_currency,
        events.properties as properties
    where kind > 0
),

-- 1 at, 2 kind, 3 event id, 4 (minor units or -1 = not said, currency), 5 plan
subscriptions as (
    select
        subject_id,
        reference as subscription_id,
        -- At one instant an end comes first: what is ended and begun again at
        -- once goes on; and a start before the change of what it starts.
        arraySort(groupArray((
            occurred_at,
            kind,
            event_id,
            (toInt64(ifNull(round(monthly_minor), -1)), currency),
            plan
        ))) as list,
        -- A start or renewal makes it run, an end stops it. A change keeps it
        -- as it is; as the first that is heard of, it says that it runs.
        arrayFill(
            state -> state >= 0,
            arrayMap(
                (e, i) -> toInt8(multiIf(
                    e.2 = 1, 0, e.2 = 3 and i > 1, -1, 1
                )),
                list, arrayEnumerate(list)
            )
        ) as states,
        -- What is said of a subscription that does not run says nothing.
        arrayFill(
            amount -> amount.1 >= 0,
            arrayMap((e, s) -> if(s = 1, e.4, (-1, e.4.2)), list, states)
        ) as amounts,
        arrayFill(
            plan -> plan != '',
            arrayMap((e, s) -> if(s = 1, e.5, ''), list, states)
        ) as plans,
        -- Where several things happen at one instant, the last holds.
        arrayFilter(
            (step, next) -> step.1 != next,
            arrayMap(
                (e, s, a, p) -> (
                    e.1, s, if(s = 1, greatest(a.1, 0), 0), a.2, p
                ),
                list, states, amounts, plans
            ),
            arrayPushBack(
                arrayPopFront(arrayMap(e -> e.1, list)),
                toDateTime64('1970-01-01', 3, 'UTC')
            )
        ) as moments,
        -- Only what changes something.
        arrayFilter(
            (step, before) -> step.2 != before.2
                or step.3 != before.3
                or step.4 != before.4
                or step.5 != before.5,
            moments,
            arrayPushFront(
                arrayPopBack(moments),
                (
                    toDateTime64('1970-01-01', 3, 'UTC'),
                    toInt8(0), toInt64(0), '', ''
                )
            )
        ) as steps
    from reports
    group by subject_id, subscription_id
)

select
    subject_id,
    subscription_id,
    step.1 as started_at,
    nullIf(next_at, toDateTime64('1970-01-01', 3, 'UTC')) as ended_at,
    step.3 as mrr_minor,
    step.4 as currency,
    step.5 as plan
from subscriptions
array join
    steps as step,
    arrayPushBack(
        arrayPopFront(arrayMap(s -> s.1, steps)),
        toDateTime64('1970-01-01', 3, 'UTC')
    ) as next_at
where step.2 = 1
