-- purpose: What channels and campaigns returned for what they cost: return on investment (roi) and on advertising spend (roas), by six attribution models
-- grain: one row per metric, attribution_model, currency, grain, period_start, dimension, dimension_value
-- reads: attribution_cell, campaign_cost, int_live_run, report_calendar, report_grain, report_setting
-- time: days of the report time zone, orders by the day of the order, costs by their day; costs after T are left out
with
    assumeNotNull((
        select week_start from report_setting final
    )) as week_start,

    -- Revenue and margin of each attribution model, in one order.
    flows as
    (
        select
            dimension::String as dimension,
            dimension_value,
            currency::String as currency,
            conversion_date as flow_date,
            [
                first_revenue_minor,
                last_revenue_minor,
                last_non_direct_revenue_minor,
                linear_revenue_minor,
                time_decay_revenue_minor,
                position_based_revenue_minor
            ] as revenues,
            [
                first_refunded_minor + first_cost_minor,
                last_refunded_minor + last_cost_minor,
                last_non_direct_refunded_minor + last_non_direct_cost_minor,
                linear_refunded_minor + linear_cost_minor,
                time_decay_refunded_minor + time_decay_cost_minor,
                position_based_refunded_minor + position_based_cost_minor
            ] as deductions,
            toInt64(0) as cost_minor
        from attribution_cell
        where (base_no, refresh_no) in (
                select base_no, refresh_no from int_live_run
            )
            and model_id = ''
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
            currency::String as currency,
            cost_date as flow_date,
            arrayResize([toInt64(0)], 6) as revenues,
            revenues as deductions,
            cost_minor
        from campaign_cost final
    ),

    -- A row also for periods without orders and costs; days after T fall out.
    amounts as
    (
        select
            flows.dimension as dimension,
            flows.dimension_value as dimension_value,
            flows.currency as currency,
            arrayJoin(['day', 'week', 'month', 'quarter', 'year']) as grain,
            lm_period_start(flows.flow_date, grain, week_start) as period_start,
            flows.revenues as revenues,
            flows.deductions as deductions,
            flows.cost_minor as cost_minor,
            false as is_closed
        from flows
        where flows.flow_date <= (
            select max(calendar_date) from report_calendar
        )

        union all

        select
            series.dimension as dimension,
            series.dimension_value as dimension_value,
            series.currency as currency,
            grains.grain as grain,
            period.1 as period_start,
            arrayResize([toInt64(0)], 6) as revenues,
            revenues as deductions,
            toInt64(0) as cost_minor,
            period.3 as is_closed
        from (
            select distinct dimension, dimension_value, currency from flows
        ) as series
        cross join report_grain as grains
        array join grains.periods as period
    ),

    sums as
    (
        select
            dimension,
            dimension_value,
            currency,
            grain,
            period_start,
            sumForEach(amounts.revenues) as revenues,
            sumForEach(amounts.deductions) as deductions,
            sum(amounts.cost_minor) as cost_minor,
            max(amounts.is_closed) as is_closed
        from amounts
        group by dimension, dimension_value, currency, grain, period_start
    ),

    -- What one currency costs and another earns is no ratio. In how many
    -- currencies there are either, by attribution model.
    compared as
    (
        select
            dimension,
            dimension_value,
            currency,
            grain,
            period_start,
            revenues,
            deductions,
            cost_minor,
            is_closed,
            sumForEach(
                arrayMap(revenue -> cost_minor != 0 or revenue != 0, revenues)
            ) over (
                partition by grain, dimension, dimension_value, period_start
            ) as currency_counts
        from sums
    )

select
    metric,
    toInt32(1) as metric_version,
    '' as model_id,
    toInt32(0) as model_version,
    attribution_model,
    currency,
    period_start,
    grain,
    dimension,
    dimension_value,
    if(metric = 'roi', margin_minor - cost_minor, revenue_minor) as numerator,
    cost_minor::Nullable(Int64) as denominator,
    -- Without cost there is no return on it.
    if(
        is_mixed, null, numerator / nullIf(cost_minor, 0)
    )::Nullable(Float64) as value,
    cost_minor as n,
    null::Nullable(Float64) as ci_low,
    null::Nullable(Float64) as ci_high,
    is_closed::Bool as is_mature,
    is_mixed::Bool as is_multi_currency
from (
    select
        dimension,
        dimension_value,
        currency,
        grain,
        period_start,
        is_closed,
        cost_minor,
        arrayJoin(arrayZip(
            [
                'first', 'last', 'last_non_direct', 'linear', 'time_decay',
                'position_based'
            ],
            revenues,
            deductions,
            currency_counts
        )) as part,
        part.1 as attribution_model,
        part.2 as revenue_minor,
        part.2 - part.3 as margin_minor,
        part.4 > 1 as is_mixed,
        arrayJoin(['roi', 'roas']) as metric
    from compared
)
