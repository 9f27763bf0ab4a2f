-- purpose: Contributions to customer_type_cell: when each customer (identified subject) moved into and out of which customer type
-- grain: one row per subject_id, effective_at, customer_type
-- reads: subject_history, lifecycle_stage, report_setting
-- time: orders and refunds at their instants, orders leave the 365 days of 24 hours after their last instant; activity, lapse and return at the beginning of a day of the report time zone
with
    assumeNotNull((
        select time_zone from report_setting final
    )) as report_zone,
    assumeNotNull((
        select toInt32(min(lapse_after_days))
        from lifecycle_stage
        where is_default_model and phase != 'lapsed'
    )) as active_days,
    toDateTime64('2299-01-01 00:00:00', 3, 'UTC') as never,
    day -> toDateTime64(toDateTime(day, report_zone), 3, 'UTC') as day_start,

histories as (
    select
        subject_id,
        channel::String as channel,
        campaign::String as campaign,
        persona::String as persona,
        country::String as country,
        source::String as source,
        first_seen_at,
        -- An order that does not stand any more has its end.
        arrayFilter(
            (o, is_order) -> is_order,
            arrayMap(
                (at, voided_at) -> (at, ifNull(voided_at, never)),
                orders.ordered_at, orders.voided_at
            ),
            orders.is_order
        ) as placed,
        -- Nothing happened for active_days after this day.
        arrayFilter(
            (day, next) -> next - day > active_days,
            active_dates,
            arrayShiftLeft(active_dates, 1, toDate(65535))
        ) as last_days,
        arrayMap(day -> day_start(day + active_days + 1), last_days) as lapses,
        arrayMap(
            day -> day_start(day),
            arrayFilter(
                (day, before) -> day - before > active_days,
                arrayPopFront(active_dates),
                arrayPopBack(active_dates)
            )
        ) as returns,
        arrayMap(
            at -> day_start(
                toDate(toTimeZone(at, report_zone)) + active_days + 1
            ),
            returns
        ) as return_ends,
        arraySort(arrayDistinct(arrayFilter(
            at -> at >= first_seen_at and at < never,
            arrayConcat(
                [first_seen_at],
                arrayMap(o -> o.1, placed),
                arrayMap(o -> o.2, placed),
                arrayMap(
                    o -> o.1 + toIntervalDay(365) + toIntervalMillisecond(1),
                    if(length(placed) < 4, [], placed)
                ),
                lapses,
                returns,
                return_ends
            )
        ))) as instants
    from subject_history final
    where startsWith(subject_id, 'u:')
),

timelines as (
    select
        subject_id,
        channel,
        campaign,
        persona,
        country,
        source,
        instants,
        arrayMap(
            x -> multiIf(
                -- The last of lapse and return tells, a return at one instant.
                arrayCount(at -> at <= x, lapses)
                > arrayCount(at -> at <= x, returns),
                'lapsed',
                arrayExists(
                    (begin, end) -> begin <= x and x < end, returns, return_ends
                ),
                'reactivated',
                arrayCount(
                    o -> o.1 <= x and o.2 > x and o.1 >= x - toIntervalDay(365),
                    placed
                ) >= 4,
                'frequent',
                arrayCount(o -> o.1 <= x and o.2 > x, placed) = 1,
                'first-time',
                arrayExists(o -> o.1 <= x and o.2 > x, placed),
                'repeat',
                'registered'
            ),
            instants
        ) as types
    from histories
),

-- effective_at, type, entered, exited
moves as (
    select
        subject_id,
        channel,
        campaign,
        persona,
        country,
        source,
        arrayJoin(arrayFlatten(arrayMap(
            (at, type, before) -> multiIf(
                type = before, [],
                before = '', [(at, type, 1, 0)],
                [(at, type, 1, 0), (at, before, 0, 1)]
            ),
            instants, types, arrayShiftRight(types, 1, '')
        ))) as move
    from timelines
)

select
    subject_id,
    move.1 as effective_at,
    channel,
    campaign,
    persona,
    country,
    source,
    move.2 as customer_type,
    toDate(toTimeZone(move.1, report_zone)) as moved_date,
    toInt64(move.3) as entered_count,
    toInt64(move.4) as exited_count
from moves
