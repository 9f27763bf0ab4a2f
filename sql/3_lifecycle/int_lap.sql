-- purpose: Contributions to lap_cell: each lap that begins, and each order and refund with the lap it falls into and the age the lap had at the order
-- grain: one row per subject_id, model_id, model_version, entry_no
-- reads: subject_journey, subject_history, report_setting
-- time: days of the report time zone, ages in 24-hour days; an order counts from its instant, a refund from its own
with
    assumeNotNull((
        select time_zone from report_setting final
    )) as report_zone,

starts as (
    select
        model_id,
        model_version,
        subject_id,
        -- In the order of the laps, which is that of time.
        arrayFilter(
            (at, no) -> no = 1,
            visits.entered_at,
            arrayEnumerateUniq(visits.lap)
        ) as started_ats
    from subject_journey final
),

amounts as (
    select
        subject_id,
        channel,
        campaign,
        persona,
        country,
        source,
        -- effective at, ordered at, currency, amount
        arrayConcat(
            arrayMap(
                (at, code, minor) -> (at, at, code::String, minor),
                orders.ordered_at, orders.currency, orders.revenue_minor
            ),
            arrayFlatten(arrayMap(
                -- A refund whose order is unknown is of no order of the lap.
                (at, code, is_order, refunded_ats, minors) -> arrayMap(
                    (refunded_at, minor) -> (
                        refunded_at, at, code::String, -minor * is_order
                    ),
                    refunded_ats, minors
                ),
                orders.ordered_at, orders.currency, orders.is_order,
                orders.refunded_at, orders.refund_minor
            ))
        ) as list
    from subject_history final
),

entries as (
    select
        starts.subject_id as subject_id,
        starts.model_id as model_id,
        starts.model_version as model_version,
        amounts.channel as channel,
        amounts.campaign as campaign,
        amounts.persona as persona,
        amounts.country as country,
        amounts.source as source,
        -- effective at, lap, lap began at, ordered at, currency, laps, amount
        arrayConcat(
            arrayMap(
                (at, i) -> (at, i, at, at, '', toInt64(1), toInt64(0)),
                starts.started_ats,
                arrayEnumerate(starts.started_ats)
            ),
            arrayMap(
                (amount, i) -> (
                    amount.1, i, starts.started_ats[i], amount.2, amount.3,
                    toInt64(0), amount.4
                ),
                amounts.list,
                -- An order belongs to the lap that began last, if any had.
                arrayMap(
                    amount -> toUInt32(arrayLastIndex(
                        at -> at <= amount.2, starts.started_ats
                    )),
                    amounts.list
                )
            )
        ) as entries
    from starts
    inner join amounts on amounts.subject_id = starts.subject_id
)

select
    subject_id,
    entry.1 as effective_at,
    model_id,
    model_version,
    entry_no,
    toUInt32(least(entry.2, 3)) as lap,
    toUInt32(multiIf(
        entry.6 = 1, 0,
        entry.4 < entry.3 + toIntervalDay(90), 90,
        entry.4 < entry.3 + toIntervalDay(180), 180,
        365
    )) as age_days,
    entry.5 as currency,
    toDate(toTimeZone(entry.3, report_zone)) as started_date,
    channel::String as channel,
    campaign::String as campaign,
    persona::String as persona,
    country::String as country,
    source::String as source,
    entry.6 as lap_count,
    entry.7 as net_revenue_minor
from entries
array join
    entries as entry,
    arrayEnumerate(entries) as entry_no
where entry.2 > 0
    and entry.4 < entry.3 + toIntervalDay(365)
    and (entry.6 != 0 or entry.7 != 0)
