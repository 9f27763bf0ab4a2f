-- purpose: Monthly recurring revenue at the end of a period and how it came about, what was kept of the MRR and of the subscribers of its start, and MRR per account, by currency
-- grain: one row per metric, currency, grain, period_start, dimension, dimension_value
-- reads: mrr_cell, int_live_run, report_grain
-- time: days of the report time zone; in the period that holds T: at T; a late event changes the period and all after it
with
cells as (
    select
        currency,
        grain,
        dimension,
        dimension_value,
        period_start,
        new_minor,
        expansion_minor,
        contraction_minor,
        churn_minor,
        reactivation_minor,
        subscriber_change,
        churned_subscriber_count,
        paying_change
    from mrr_cell
    where (base_no, refresh_no) in (
        select base_no, refresh_no from int_live_run
    )
),

movements as (
    select
        currency,
        grain,
        dimension,
        dimension_value,
        period_start,
        new_minor,
        expansion_minor,
        contraction_minor,
        churn_minor,
        reactivation_minor,
        subscriber_change,
        churned_subscriber_count,
        paying_change,
        false as is_closed
    from cells

    union all

    -- A row also for periods without movements.
    select
        series.currency as currency,
        series.grain as grain,
        series.dimension as dimension,
        series.dimension_value as dimension_value,
        period.1 as period_start,
        toInt64(0) as new_minor,
        toInt64(0) as expansion_minor,
        toInt64(0) as contraction_minor,
        toInt64(0) as churn_minor,
        toInt64(0) as reactivation_minor,
        toInt64(0) as subscriber_change,
        toInt64(0) as churned_subscriber_count,
        toInt64(0) as paying_change,
        period.3 as is_closed
    from (
        select distinct
            currency,
            grain,
            dimension,
            dimension_value
        from cells
    ) as series
    inner join report_grain as grains on grains.grain = series.grain
    array join grains.periods as period
),

periods as (
    select
        currency,
        grain,
        dimension,
        dimension_value,
        period_start,
        sum(movements.new_minor) as new_minor,
        sum(movements.expansion_minor) as expansion_minor,
        sum(movements.contraction_minor) as contraction_minor,
        sum(movements.churn_minor) as churn_minor,
        sum(movements.reactivation_minor) as reactivation_minor,
        sum(movements.subscriber_change) as subscriber_change,
        sum(movements.churned_subscriber_count) as churned_subscriber_count,
        sum(movements.paying_change) as paying_change,
        max(movements.is_closed) as is_closed
    from movements
    group by currency, grain, dimension, dimension_value, period_start
),

-- What stands at the end is the sum of all that moved up to it.
levels as (
    select
        currency,
        grain,
        dimension,
        dimension_value,
        period_start,
        new_minor,
        expansion_minor,
        contraction_minor,
        churn_minor,
        reactivation_minor,
        churned_subscriber_count,
        is_closed,
        new_minor + expansion_minor - contraction_minor - churn_minor
            + reactivation_minor as net_minor,
        sum(net_minor) over running as closing_minor,
        closing_minor - net_minor as opening_minor,
        sum(subscriber_change) over running as closing_subscriber_count,
        closing_subscriber_count - subscriber_change
            as opening_subscriber_count,
        sum(paying_change) over running as paying_count
    from periods
    window running as (
        partition by currency, grain, dimension, dimension_value
        order by period_start
    )
)

select
    metric,
    toInt32(1) as metric_version,
    '' as model_id,
    toInt32(0) as model_version,
    period_start,
    grain::String as grain,
    dimension::String as dimension,
    dimension_value,
    currency,
    multiIf(
        metric = 'mrr_new', new_minor,
        metric = 'mrr_expansion', expansion_minor,
        metric = 'mrr_contraction', contraction_minor,
        metric = 'mrr_churn', churn_minor,
        metric = 'mrr_reactivation', reactivation_minor,
        metric = 'gross_revenue_retention',
        opening_minor - contraction_minor - churn_minor,
        metric = 'net_revenue_retention',
        opening_minor + expansion_minor - contraction_minor - churn_minor,
        metric = 'active_subscribers', closing_subscriber_count,
        metric = 'subscriber_churn_rate', churned_subscriber_count,
        closing_minor
    ) as numerator,
    multiIf(
        metric in ('gross_revenue_retention', 'net_revenue_retention'),
        opening_minor,
        metric = 'subscriber_churn_rate', opening_subscriber_count,
        metric = 'arpa', paying_count,
        null
    )::Nullable(Int64) as denominator,
    multiIf(
        isNull(denominator), numerator,
        -- What is kept is not known before the period is over.
        metric != 'arpa' and not is_closed, null,
        -- Nothing at the start, nothing to keep; nobody pays, no average.
        numerator / nullIf(denominator, 0)
    )::Nullable(Float64) as value,
    if(
        metric in (
            'gross_revenue_retention', 'net_revenue_retention',
            'subscriber_churn_rate'
        ),
        opening_subscriber_count,
        closing_subscriber_count
    ) as n,
    if(
        metric = 'subscriber_churn_rate' and is_closed,
        lm_wilson_low(churned_subscriber_count, opening_subscriber_count),
        null
    )::Nullable(Float64) as ci_low,
    if(
        metric = 'subscriber_churn_rate' and is_closed,
        lm_wilson_high(churned_subscriber_count, opening_subscriber_count),
        null
    )::Nullable(Float64) as ci_high,
    is_closed::Bool as is_mature,
    opening_minor,
    new_minor,
    expansion_minor,
    contraction_minor,
    churn_minor,
    reactivation_minor,
    closing_minor
from levels
array join [
    'mrr', 'mrr_new', 'mrr_expansion', 'mrr_contraction', 'mrr_churn',
    'mrr_reactivation', 'gross_revenue_retention', 'net_revenue_retention',
    'active_subscribers', 'subscriber_churn_rate', 'arpa'
] as metric
