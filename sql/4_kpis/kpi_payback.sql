-- purpose: After how many months the customers of a month have brought in what winning them cost, in all, by channel and by campaign of their first touch
-- grain: one row per metric, currency, grain, period_start, dimension, dimension_value
-- reads: payback_cell, campaign_cost, int_live_run, int_win_back_campaign, report_calendar, report_grain
-- time: months of the report time zone, that of the first order; later orders and refunds move the margin, late ones too
with
    assumeNotNull((
        select max(calendar_date) from report_calendar
    )) as last_date,

    flows as
    (
        select
            dimension::String as dimension,
            dimension_value,
            cohort_month,
            currency::String as currency,
            month_no::Int32 as month_no,
            customer_count,
            payback_cell.revenue_minor
                - payback_cell.refunded_minor
                - payback_cell.cost_minor as margin_minor,
            payback_cell.revenue_minor as revenue_minor,
            toInt64(0) as cost_minor
        from payback_cell
        where (base_no, refresh_no) in (
                select base_no, refresh_no from int_live_run
            )
            and dimension in ('all', 'channel', 'campaign')

        union all

        select
            arrayJoin(['all', 'channel', 'campaign']) as dimension,
            multiIf(
                dimension = 'all', 'all',
                dimension = 'channel' and channel != '', channel::String,
                dimension = 'campaign' and campaign != '', campaign::String,
                '(none)'
            ) as dimension_value,
            toStartOfMonth(cost_date) as cohort_month,
            currency::String as currency,
            toInt32(0) as month_no,
            toInt64(0) as customer_count,
            toInt64(0) as margin_minor,
            toInt64(0) as revenue_minor,
            cost_minor
        from campaign_cost final
        where cost_date <= last_date
            and campaign not in (select campaign from int_win_back_campaign)
    ),

    -- A row also for months in which nobody was won.
    filled as
    (
        select
            dimension, dimension_value, cohort_month, currency, month_no,
            customer_count, margin_minor, revenue_minor, cost_minor
        from flows

        union all

        select
            series.dimension as dimension,
            series.dimension_value as dimension_value,
            period.1 as cohort_month,
            series.currency as currency,
            toInt32(0) as month_no,
            toInt64(0) as customer_count,
            toInt64(0) as margin_minor,
            toInt64(0) as revenue_minor,
            toInt64(0) as cost_minor
        from (
            select distinct dimension, dimension_value, currency from flows
        ) as series
        cross join (
            select periods from report_grain where grain = 'month'
        ) as months
        array join months.periods as period
    ),

    -- Margin by month since the first order, running up.
    cohorts as
    (
        select
            dimension,
            dimension_value,
            cohort_month,
            currency,
            sum(filled.customer_count) as customers,
            sum(filled.cost_minor) as cost,
            -- What one run added and a later one took back was not earned.
            sum(filled.revenue_minor) != 0 or cost != 0 as is_used,
            sumMap([filled.month_no], [filled.margin_minor]) as by_month,
            by_month.1 as month_nos,
            arrayCumSum(by_month.2) as margins,
            arrayFirstIndex(margin -> margin >= cost, margins) as paid_index
        from filled
        group by dimension, dimension_value, cohort_month, currency
    ),

    -- What one currency costs and another earns is never paid back.
    compared as
    (
        select
            dimension,
            dimension_value,
            cohort_month,
            currency,
            customers,
            cost,
            if(empty(margins), 0, margins[-1]) as margin,
            if(
                cost > 0 and customers > 0 and paid_index > 0,
                month_nos[paid_index],
                null
            ) as paid_month_no,
            sum(is_used) over (
                partition by dimension, dimension_value, cohort_month
            ) > 1 as is_mixed
        from cohorts
    )

select
    'payback_months' as metric,
    toInt32(1) as metric_version,
    '' as model_id,
    toInt32(0) as model_version,
    currency,
    cohort_month as period_start,
    'month' as grain,
    dimension,
    dimension_value,
    margin as numerator,
    cost::Nullable(Int64) as denominator,
    if(is_mixed, null, paid_month_no)::Nullable(Float64) as value,
    customers as n,
    null::Nullable(Float64) as ci_low,
    null::Nullable(Float64) as ci_high,
    -- Paid back, and the month in which that happened is over.
    ifNull(
        value is not null
        and cohort_month + toIntervalMonth(paid_month_no + 1) <= last_date,
        false
    )::Bool as is_mature,
    -- No customer, no cost of one.
    if(
        is_mixed, null, cost / nullIf(customers, 0)
    )::Nullable(Float64) as cac_minor,
    (margin / nullIf(customers, 0))::Nullable(Float64)
        as margin_per_customer_minor,
    is_mixed::Bool as is_multi_currency
from compared
