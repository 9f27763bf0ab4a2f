-- purpose: Revenue per active customer and month times margin divided by monthly churn, both of the six months before the period; a rule of thumb, not what customers brought
-- grain: one row per metric, currency, grain, period_start, dimension, dimension_value
-- reads: clv_simple_cell, int_live_run, report_grain, report_setting
-- time: months of the report time zone, without the month itself; a late event changes the six months after it
with
    assumeNotNull((
        select margin_share from report_setting final
    )) as margin,

months as (
    select
        currency,
        dimension,
        dimension_value,
        month_start,
        sum(joined_count) as joined_count,
        sum(left_count) as left_count,
        sum(revenue_minor) - sum(refunded_minor) as net_minor
    from clv_simple_cell
    where (base_no, refresh_no) in (
        select
            live.base_no,
            live.refresh_no
        from int_live_run as live
    )
    group by currency, dimension, dimension_value, month_start
),

-- Customers are counted once, for all currencies: '' has the counts, the
-- others have amounts. Both by month, missing ones are 0.
slices as (
    select
        dimension,
        dimension_value,
        groupUniqArrayIf(currency, currency != '') as currencies,
        sumMap(map(month_start, joined_count)) as joined,
        sumMap(map(month_start, left_count)) as left,
        groupArray((currency, month_start, net_minor)) as nets
    from months
    group by dimension, dimension_value
),

-- Active at the start of the month: all who joined and did not leave before.
series as (
    select
        slices.dimension as dimension,
        slices.dimension_value as dimension_value,
        grains.grain as grain,
        arrayJoin(slices.currencies) as currency,
        arrayMap(p -> p.1, grains.periods) as month_starts,
        arrayMap(m -> slices.joined[m], month_starts) as joined_counts,
        arrayMap(m -> slices.left[m], month_starts) as left_counts,
        arrayMap(
            m -> arraySum(
                n -> if(n.1 = currency and n.2 = m, n.3, 0), slices.nets
            ),
            month_starts
        ) as net_amounts,
        arrayCumSum((j, l) -> j - l, joined_counts, left_counts) as ends,
        arrayShiftRight(ends, 1) as starts
    from slices
    inner join report_grain as grains on grains.grain = 'month'
),

measures as (
    select
        dimension,
        dimension_value,
        grain,
        currency,
        month_start as period_start,
        -- The six months before; with fewer there is no value.
        greatest(month_no - 6, 1) as first_no,
        month_no - first_no as month_count,
        arraySum(arraySlice(net_amounts, first_no, month_count)) as net_minor,
        arraySum(arraySlice(starts, first_no, month_count)) as start_count,
        arraySum(arraySlice(joined_counts, first_no, month_count))
            as joined_count,
        arraySum(arraySlice(left_counts, first_no, month_count)) as left_count
    from series
    array join
        month_starts as month_start,
        arrayEnumerate(month_starts) as month_no
)

select
    'clv_simple' as metric,
    toInt32(1) as metric_version,
    '' as model_id,
    toInt32(0) as model_version,
    currency::String as currency,
    period_start,
    grain::String as grain,
    dimension::String as dimension,
    dimension_value::String as dimension_value,
    toInt64(round(net_minor * margin)) as numerator,
    -- Customer-months: active at the start or at the end of a month.
    (start_count + joined_count)::Nullable(Int64) as denominator,
    -- Too few who left tell nothing of how long customers stay.
    if(
        month_count = 6 and left_count >= 50,
        numerator / nullIf(denominator, 0) * lifetime_months,
        null
    ) as value,
    left_count::Int64 as n,
    null::Nullable(Float64) as ci_low,
    null::Nullable(Float64) as ci_high,
    true as is_mature,
    numerator / nullIf(denominator, 0) as arpa_margin_minor,
    left_count / nullIf(start_count, 0) as monthly_churn_rate,
    -- least() would take null for no limit.
    if(left_count = 0, null, least(start_count / left_count, 60))
        as lifetime_months,
    margin as margin_share
from measures
