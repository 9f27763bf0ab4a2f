-- purpose: What campaigns cost in a period, in all, by channel and by campaign
-- grain: one row per metric, currency, grain, period_start, dimension, dimension_value
-- reads: campaign_cost, report_calendar, report_grain
-- time: cost days are days of the report time zone; a cost sent again replaces the earlier one; costs after T are left out
with
costs as (
    select
        currency,
        cost_date,
        cost_minor,
        slice.1 as dimension,
        if(slice.2 = '', '(none)', slice.2) as dimension_value
    from campaign_cost final
    array join [
        ('all', 'all'),
        ('channel', channel::String),
        ('campaign', campaign::String)
    ] as slice
),

amounts as (
    select
        costs.currency as currency,
        calendar.grain as grain,
        costs.dimension as dimension,
        costs.dimension_value as dimension_value,
        calendar.period_no as period_no,
        sum(costs.cost_minor) as cost_minor,
        toInt64(count()) as cost_count
    from costs
    inner join report_calendar as calendar
        on calendar.calendar_date = costs.cost_date
    group by currency, grain, dimension, dimension_value, period_no
),

series as (
    select
        currency,
        grain,
        dimension,
        dimension_value,
        groupArrayInsertAt(0)(cost_minor, period_no) as costs,
        groupArrayInsertAt(0)(cost_count, period_no) as cost_counts
    from amounts
    group by currency, grain, dimension, dimension_value
)

select
    'campaign_cost' as metric,
    toInt32(1) as metric_version,
    '' as model_id,
    toInt32(0) as model_version,
    period.1 as period_start,
    series.grain as grain,
    series.dimension as dimension,
    series.dimension_value as dimension_value,
    series.currency as currency,
    cost_minor as numerator,
    null::Nullable(Int64) as denominator,
    cost_minor::Nullable(Float64) as value,
    cost_count as n,
    null::Nullable(Float64) as ci_low,
    null::Nullable(Float64) as ci_high,
    period.3::Bool as is_mature,
    cost_minor
from series
inner join report_grain as grains on grains.grain = series.grain
array join
    grains.periods as period,
    arrayResize(series.costs, period_count) as cost_minor,
    arrayResize(series.cost_counts, period_count) as cost_count
