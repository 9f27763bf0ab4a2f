-- purpose: What each account adds to the movements of monthly recurring revenue: its MRR after each change against that at the start of the period, by currency
-- grain: one row per subject_id, currency, grain, effective_at
-- reads: int_subscription, subject_history, report_setting
-- time: days of the report time zone; each change takes back what the one before it in the same period said
with
    assumeNotNull((
        select time_zone from report_setting final
    )) as report_zone,
    assumeNotNull((
        select week_start from report_setting final
    )) as week_start,

changes as (
    select
        subject_id,
        currency,
        change.1 as changed_at,
        sum(change.2) as mrr_change,
        sum(change.3) as interval_change
    from (
        select
            subject_id,
            currency,
            arrayJoin(if(
                isNull(ended_at),
                [(started_at, mrr_minor, 1)],
                [
                    (started_at, mrr_minor, 1),
                    (assumeNotNull(ended_at), -mrr_minor, -1)
                ]
            )) as change
        from int_subscription
    )
    group by subject_id, currency, changed_at
),

-- Levels after each change: MRR, and the number of intervals that run.
levels as (
    select
        subject_id,
        currency,
        arraySort(groupArray((changed_at, mrr_change, interval_change)))
            as list,
        arrayMap(change -> change.1, list) as instants,
        arrayCumSum(arrayMap(change -> change.2, list)) as mrrs,
        arrayCumSum(arrayMap(change -> change.3, list)) as intervals
    from changes
    group by subject_id, currency
),

-- Beside each change: what was just before it, and at the start of its period.
steps as (
    select
        subject_id,
        currency,
        grain,
        changed_at,
        period_start,
        mrr,
        is_subscriber,
        if(step_no = 1, 0, mrrs[step_no - 1]) as mrr_before,
        step_no > 1 and intervals[step_no - 1] > 0 as was_subscriber,
        if(first_no = 1, 0, mrrs[first_no - 1]) as opening_mrr,
        first_no > 1 and intervals[first_no - 1] > 0 as opening_subscriber,
        arrayExists(
            level -> level > 0, arraySlice(mrrs, 1, first_no - 1)
        ) as had_mrr
    from (
        select
            subject_id,
            currency,
            grain,
            mrrs,
            intervals,
            changed_at,
            period_start,
            mrr,
            interval_count > 0 as is_subscriber,
            step_no,
            indexOf(period_starts, period_start) as first_no
        from (
            select
                subject_id,
                currency,
                instants,
                mrrs,
                intervals,
                arrayJoin(
                    ['day', 'week', 'month', 'quarter', 'year']
                ) as grain,
                arrayMap(
                    at -> lm_period_start(
                        toDate(toTimeZone(at, report_zone)), grain, week_start
                    ),
                    instants
                ) as period_starts
            from levels
        )
        array join
            instants as changed_at,
            period_starts as period_start,
            mrrs as mrr,
            intervals as interval_count,
            arrayEnumerate(instants) as step_no
    )
)

select
    steps.subject_id as subject_id,
    steps.changed_at as effective_at,
    history.channel::String as channel,
    history.campaign::String as campaign,
    history.persona::String as persona,
    history.country::String as country,
    history.source::String as source,
    steps.grain as grain,
    steps.currency as currency,
    steps.period_start as period_start,
    toInt64(if(opening_mrr = 0 and not had_mrr, mrr - mrr_before, 0))
        as new_minor,
    toInt64(
        if(
            opening_mrr > 0,
            greatest(mrr - opening_mrr, 0)
                - greatest(mrr_before - opening_mrr, 0),
            0
        )
    ) as expansion_minor,
    -- Down to nothing is churn, not contraction.
    toInt64(
        if(mrr > 0, greatest(opening_mrr - mrr, 0), 0)
            - if(mrr_before > 0, greatest(opening_mrr - mrr_before, 0), 0)
    ) as contraction_minor,
    toInt64(if(mrr = 0, opening_mrr, 0) - if(mrr_before = 0, opening_mrr, 0))
        as churn_minor,
    toInt64(if(opening_mrr = 0 and had_mrr, mrr - mrr_before, 0))
        as reactivation_minor,
    toInt64(is_subscriber) - toInt64(was_subscriber) as subscriber_change,
    toInt64(opening_subscriber and not is_subscriber)
        - toInt64(opening_subscriber and not was_subscriber)
        as churned_subscriber_count,
    toInt64(mrr > 0) - toInt64(mrr_before > 0) as paying_change
from steps
inner join (
    select
        subject_id,
        channel,
        campaign,
        persona,
        country,
        source
    from subject_history final
    where not startsWith(subject_id, 'g:')
) as history
    on history.subject_id = steps.subject_id
