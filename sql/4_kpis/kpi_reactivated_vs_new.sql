-- purpose: How many of the customers (identified subjects) who came back after a silence longer than the window of activity are active k months later, and what they have spent by then, beside those who are new
-- grain: one row per metric, cohort_type, currency, grain, period_start, months_since, dimension, dimension_value
-- reads: customer_start_cell, int_live_run, report_setting
-- time: calendar months of the report time zone; months that are not over do not count; refunds lower the month of their order
with
    coalesce(
        nullIf((select time_zone from report_setting final), ''),
        'UTC'
    ) as report_zone,
    assumeNotNull((
        select toDate(coalesce(as_of, now64(3)), report_zone)
        from report_setting final
    )) as as_of_date,

cells as (
    select
        dimension,
        dimension_value,
        cohort_type,
        cohort_start,
        currency,
        months_since,
        sum(cell.active_count) as active_count,
        sum(cell.net_revenue_minor) as net_revenue_minor
    from customer_start_cell as cell
    where (base_no, refresh_no) in (
        select
            base_no,
            refresh_no
        from int_live_run
    )
    group by
        dimension, dimension_value, cohort_type, cohort_start, currency,
        months_since
),

amounts as (
    select
        dimension,
        dimension_value,
        cohort_type,
        cohort_start,
        currency,
        -- Everybody is active in the month of the start.
        sumIf(active_count, months_since = 0) as starters,
        groupArrayInsertAt(0)(
            if(currency = '', active_count, net_revenue_minor),
            toUInt32(months_since)
        ) as monthly
    from cells
    group by dimension, dimension_value, cohort_type, cohort_start, currency
),

cohorts as (
    select
        dimension,
        dimension_value,
        cohort_type,
        cohort_start,
        sum(starters) as cohort_size,
        groupArray((currency, monthly)) as by_currency
    from amounts
    group by dimension, dimension_value, cohort_type, cohort_start
    having cohort_size > 0
),

curves as (
    select
        dimension,
        dimension_value,
        cohort_type,
        cohort_start,
        cohort_size,
        grain,
        lm_period_start(cohort_start, grain, 1) as period_start,
        currency,
        -- A cohort that has bought nothing in a currency has its zeros.
        arrayResize(
            arrayFirst(part -> part.1 = currency, by_currency).2,
            toInt32(dateDiff('month', period_start, as_of_date)) + 1
        ) as monthly,
        if(currency = '', monthly, arrayCumSum(monthly)) as curve
    from cohorts
    array join ['month', 'quarter', 'year'] as grain
    cross join (
        select arrayJoin(arrayDistinct(arrayConcat(
            [''], groupUniqArray(currency)
        ))) as currency
        from amounts
    ) as currencies
),

months as (
    select
        dimension,
        dimension_value,
        cohort_type,
        currency,
        grain,
        period_start,
        toInt32(month_no - 1) as months_since,
        cohort_size,
        amount,
        addMonths(cohort_start, month_no - 1) <= as_of_date as has_begun,
        addMonths(cohort_start, month_no) <= as_of_date as is_over
    from curves
    array join
        curve as amount,
        arrayEnumerate(curve) as month_no
)

select
    if(months.currency = '', 'retention_since_start', 'value_since_start') as metric,
    toInt32(1) as metric_version,
    '' as model_id,
    toInt32(0) as model_version,
    months.cohort_type::String as cohort_type,
    months.currency::String as currency,
    period_start,
    grain,
    months_since,
    months.dimension::String as dimension,
    dimension_value,
    sumIf(amount, is_over) as numerator,
    sumIf(cohort_size, is_over)::Nullable(Int64) as denominator,
    -- Nobody started that long ago, no value.
    numerator / nullIf(denominator, 0) as value,
    assumeNotNull(denominator) as n,
    -- Amounts are no proportions.
    if(months.currency = '', lm_wilson_low(numerator, n), null) as ci_low,
    if(months.currency = '', lm_wilson_high(numerator, n), null) as ci_high,
    (
        maturing_n = 0 and lm_next_period(period_start, grain) <= as_of_date
    )::Bool as is_mature,
    sumIf(cohort_size, not is_over) as maturing_n
from months
group by
    months.dimension, dimension_value, months.cohort_type, months.currency,
    grain, period_start, months_since
-- The months the oldest cohort has seen.
having max(has_begun)
