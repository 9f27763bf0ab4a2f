-- purpose: Contributions to silence_cell: since when a customer (identified subject) is silent, and each time one returned after longer than a candidate window
-- grain: one row per subject_id, last_active_date, window_days, effective_at
-- reads: subject_history, report_setting, int_lapse_candidate
-- time: days of the report time zone; a late event splits a silence
with
    coalesce(
        nullIf((select time_zone from report_setting final), ''),
        'UTC'
    ) as report_zone,
    (
        select arraySort(groupArray(window_days))
        from int_lapse_candidate
    ) as candidates,

histories as (
    select
        subject_id,
        channel,
        campaign,
        persona,
        country,
        source,
        active_dates,
        arrayPopFront(arrayPushBack(active_dates, toDate(65535)))
            as next_dates
    from subject_history final
    where startsWith(subject_id, 'u:') and notEmpty(active_dates)
),

silences as (
    select
        subject_id,
        channel,
        campaign,
        persona,
        country,
        source,
        active_date,
        next_date != toDate(65535) as has_ended,
        arrayConcat(
            [(0, active_date, 1, 0)],
            arrayFilter(ended -> has_ended, [(0, next_date, -1, 0)]),
            arrayMap(
                days -> (days, next_date, 0, 1),
                arrayFilter(
                    days -> has_ended and next_date - active_date > days,
                    candidates
                )
            )
        ) as changes
    from histories
    array join
        active_dates as active_date,
        next_dates as next_date
)

select
    subject_id,
    toDateTime64(toDateTime(change.2, report_zone), 3, 'UTC')
        as effective_at,
    toInt32(change.1) as window_days,
    active_date as last_active_date,
    channel::String as channel,
    campaign::String as campaign,
    persona::String as persona,
    country::String as country,
    source::String as source,
    toInt64(change.3) as open_count,
    toInt64(change.4) as returned_count
from silences
array join changes as change
