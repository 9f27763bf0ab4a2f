-- purpose: Contributions to clv_simple_cell: in which months a customer (identified subject) became active or inactive, and what it paid in which
-- grain: one row per subject_id, effective_at, currency, month_start
-- reads: subject_history, lifecycle_stage, report_setting
-- time: months of the report time zone; active = did something in the shortest lapse_after of the default model before; orders and refunds at their instants, in the month of the order
with
    assumeNotNull((
        select time_zone from report_setting final
    )) as report_zone,
    assumeNotNull((
        select toInt32(min(lapse_after_days))
        from lifecycle_stage
        where is_default_model and phase != 'lapsed'
    )) as active_days,
    day -> toDateTime64(toDateTime(day, report_zone), 3, 'UTC') as day_start,

-- A spell begins where nothing happened active_days before, and ends where
-- nothing happens active_days after; so beginnings and ends alternate.
histories as (
    select
        subject_id,
        channel::String as channel,
        campaign::String as campaign,
        persona::String as persona,
        country::String as country,
        source::String as source,
        arrayFlatten(arrayMap(
            (first, last) -> [first, last + active_days],
            arrayFilter(
                (day, before) -> day - before > active_days,
                active_dates, arrayShiftRight(active_dates, 1, toDate(0))
            ),
            arrayFilter(
                (day, after) -> after - day > active_days,
                active_dates, arrayShiftLeft(active_dates, 1, toDate(65535))
            )
        )) as turns,
        arrayMap(day -> toStartOfMonth(day), turns) as turn_months,
        arrayMap(
            at -> toStartOfMonth(toDate(toTimeZone(at, report_zone))),
            orders.ordered_at
        ) as order_months,
        -- effective_at, currency, month, joined, left, revenue, refunded
        arrayJoin(arrayConcat(
            -- Who was active at the start of the month (its first turn is an
            -- end) leaves and returns, who was not joins and goes again.
            arrayMap(
                (day, month, i) -> (
                    day_start(if(i % 2 = 1, day, day + 1)),
                    '',
                    month,
                    if(
                        indexOf(turn_months, month) % 2 = 1,
                        if(i % 2 = 1, 1, -1),
                        0
                    ),
                    if(
                        indexOf(turn_months, month) % 2 = 1,
                        0,
                        if(i % 2 = 1, -1, 1)
                    ),
                    toInt64(0),
                    toInt64(0)
                ),
                turns, turn_months, arrayEnumerate(turns)
            ),
            arrayMap(
                (at, currency, month, revenue) -> (
                    at, currency::String, month, 0, 0, revenue, toInt64(0)
                ),
                orders.ordered_at,
                orders.currency,
                order_months,
                orders.revenue_minor
            ),
            arrayFlatten(arrayMap(
                (instants, currency, month, amounts) -> arrayMap(
                    (at, amount) -> (
                        at, currency::String, month, 0, 0, toInt64(0), amount
                    ),
                    instants, amounts
                ),
                orders.refunded_at,
                orders.currency,
                order_months,
                orders.refund_minor
            ))
        )) as change
    from subject_history final
    where startsWith(subject_id, 'u:')
)

select
    subject_id,
    change.1 as effective_at,
    channel,
    campaign,
    persona,
    country,
    source,
    change.2 as currency,
    change.3 as month_start,
    toInt64(change.4) as joined_count,
    toInt64(change.5) as left_count,
    change.6 as revenue_minor,
    change.7 as refunded_minor
from histories
