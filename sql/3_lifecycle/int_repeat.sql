-- purpose: Contributions to repeat_cell: the k-th order (k = 1 to 10) of each customer, and once it is 180 days old whether another followed
-- grain: one row per subject_id, variant, step, effective_at, exposed_count, maturing_count
-- reads: subject_history, report_setting
-- time: windows of 180 days of 24 hours, the last instant included; order_date in the report time zone; an order that is wholly refunded leaves the list at that instant
with
    assumeNotNull((
        select time_zone from report_setting final
    )) as report_zone,
    toDateTime64('2299-01-01 00:00:00', 3, 'UTC') as never,

-- A voided order shifts all later ones, so each such refund begins another
-- list of the orders that stand; most customers have one list.
lists as (
    select
        subject_id,
        channel::String as channel,
        campaign::String as campaign,
        persona::String as persona,
        country::String as country,
        source::String as source,
        arraySort(arrayDistinct(
            arrayPushFront(
                arrayMap(
                    at -> assumeNotNull(at),
                    arrayFilter(at -> at is not null, orders.voided_at)
                ),
                toDateTime64(0, 3, 'UTC')
            )
        )) as starts,
        arrayJoin(arrayZip(
            starts, arrayShiftLeft(starts, 1, never)
        )) as valid,
        arrayFilter(
            (at, is_order, voided_at) ->
                is_order and ifNull(voided_at, never) > valid.1,
            orders.ordered_at, orders.is_order, orders.voided_at
        ) as instants,
        arrayMap(at -> toDate(toTimeZone(at, report_zone)), instants) as days
    from subject_history final
    where startsWith(subject_id, 'u:') and has(orders.is_order, true)
),

steps as (
    select
        subject_id,
        channel,
        campaign,
        persona,
        country,
        source,
        valid,
        arrayJoin(['orders', 'by_day']) as variant,
        -- By day, the first order of a day stands for all of it.
        arraySlice(
            arrayFilter(
                (at, day, before) -> variant = 'orders' or day != before,
                instants, days, arrayShiftRight(days, 1, toDate(0))
            ),
            1, 11
        ) as ladder,
        arrayJoin(arrayZip(
            arrayEnumerate(ladder),
            ladder,
            arrayShiftLeft(ladder, 1, never)
        )) as step
    from lists
),

-- effective_at, exposed, repeated, maturing
changes as (
    select
        subject_id,
        channel,
        campaign,
        persona,
        country,
        source,
        variant,
        step.1 as step_no,
        toDate(toTimeZone(step.2, report_zone)) as order_date,
        greatest(step.2, valid.1) as begins_at,
        greatest(step.2 + toIntervalDay(180), valid.1) as matures_at,
        toInt64(step.3 <= step.2 + toIntervalDay(180)) as is_repeated,
        arrayJoin(arrayFilter(
            change -> change.1 < never,
            multiIf(
                begins_at >= valid.2,
                [],
                matures_at >= valid.2,
                [
                    (begins_at, 0, 0, 1),
                    (valid.2, 0, 0, -1)
                ],
                [
                    (begins_at, 0, 0, 1),
                    (matures_at, 1, is_repeated, -1),
                    (valid.2, -1, -is_repeated, 0)
                ]
            )
        )) as change
    from steps
    where step.1 <= 10
)

select
    subject_id,
    change.1 as effective_at,
    channel,
    campaign,
    persona,
    country,
    source,
    variant,
    step_no as step,
    order_date,
    toInt64(change.2) as exposed_count,
    toInt64(change.3) as repeated_count,
    toInt64(change.4) as maturing_count
from changes
