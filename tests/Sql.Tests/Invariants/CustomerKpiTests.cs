namespace LifecycleMetrics.Sql.Tests.Invariants;

/// <summary>
/// The customer KPIs on orders against the same numbers counted from the orders as they are at T, without cells, without
/// effective dates and in another way. Each query looks for rows that differ.
/// </summary>
public sealed class CustomerKpiTests(GeneratedHistoryFixture history) : IClassFixture<GeneratedHistoryFixture>
{
    private const string AsOf = "toDateTime64('2025-07-15 09:30:00', 3, 'UTC')";

    [Fact]
    public Task RepeatLadder_OverAllTime_IsThatOfTheOrdersThatStand() => HoldsAsync(
        "select count() from kpi_repeat_ladder where step = 2 and numerator > 0 and numerator < denominator",
        $"""
        with steps as (
            select
                ordered_at, variant,
                toInt32(row_number() over (partition by subject_id, variant order by ordered_at)) as step,
                leadInFrame(toNullable(ordered_at)) over (
                    partition by subject_id, variant order by ordered_at
                    rows between current row and unbounded following
                ) as next_at
            from (
                select subject_id, 'orders' as variant, ordered_at from dim_order where not is_refunded and not is_anonymous
                union all
                select subject_id, 'by_day', min(ordered_at)
                from dim_order
                where not is_refunded and not is_anonymous
                group by subject_id, toDate(ordered_at, 'Europe/Madrid')
            )
        )
        select ladder.variant, ladder.step, ladder.numerator, ladder.denominator, ladder.maturing_n, counted.*
        from kpi_repeat_ladder as ladder
        left join (
            select
                variant, step,
                countIf(ordered_at + interval 180 day <= {AsOf}) as exposed,
                countIf(ordered_at + interval 180 day <= {AsOf} and next_at <= ordered_at + interval 180 day) as repeated,
                count() - exposed as maturing
            from steps
            group by variant, step
        ) as counted on counted.variant = ladder.variant and counted.step = ladder.step
        where ladder.metric = 'repeat_ladder_to_date' and ladder.dimension = 'all' and ladder.grain = 'year'
            and ladder.period_start = '2025-01-01'
            and (ladder.numerator, ladder.denominator, ladder.maturing_n) != (repeated, exposed, maturing)
        """);

    [Fact]
    public Task OneAndDone_OfEveryPeriod_IsNotHavingTakenTheFirstStep() => HoldsAsync(
        "select count() from kpi_one_and_done where numerator > 0",
        """
        select done.grain, done.dimension, done.dimension_value, done.period_start, done.value, ladder.value
        from kpi_one_and_done as done
        left join (
            select *, replaceOne(metric, 'repeat_ladder', 'one_and_done_rate') as done_metric
            from kpi_repeat_ladder
            where variant = 'orders' and step = 1
        ) as ladder
            on ladder.done_metric = done.metric and ladder.grain = done.grain and ladder.period_start = done.period_start
            and ladder.dimension = done.dimension and ladder.dimension_value = done.dimension_value
        where done.denominator != ladder.denominator or done.numerator != ladder.denominator - ladder.numerator
        """);

    [Fact]
    public Task Clv_OverAllTime_IsThatOfTheOrdersOfEachCustomer() => HoldsAsync(
        "select count() from kpi_clv_historic where numerator > 0 and denominator > 1",
        $"""
        select clv.horizon_days, clv.currency, clv.numerator, clv.denominator, counted.*
        from kpi_clv_historic as clv
        left join (
            select
                horizon_days, currency,
                count() as customers,
                sum(arraySum((at, net) -> if(at < first_at + toIntervalDay(horizon_days), net, 0), instants, nets)) as amount
            from (
                select
                    currency, min(ordered_at) as first_at,
                    groupArray(ordered_at) as instants, groupArray(net_revenue_minor) as nets
                from dim_order
                where not is_anonymous
                group by subject_id, currency
            )
            array join [30, 90, 180, 365, 730] as horizon_days
            where first_at + toIntervalDay(horizon_days) <= {AsOf}
            group by horizon_days, currency
        ) as counted on counted.horizon_days = clv.horizon_days and counted.currency = clv.currency
        where clv.metric = 'clv_historic_to_date' and clv.dimension = 'all' and clv.grain = 'year'
            and clv.period_start = '2025-01-01'
            and (clv.denominator, clv.numerator) != (counted.customers, counted.amount)
        """);

    [Fact]
    public Task CustomerTypes_AtT_AreThoseOfOrdersAndActiveDays() => HoldsAsync(
        "select uniqExact(customer_type) = 6 from kpi_customer_type where dimension = 'all' and numerator > 0",
        $"""
        with
            customers as (
                select subject_id, last_day, return_day, orders, year_orders
                from (select subject_id from int_subject where is_identified) as subject
                left join (
                    select
                        subject_id, max(active_date) as last_day,
                        arraySort(groupUniqArray(active_date)) as days,
                        arrayMax(arrayMap((d, b) -> if(b > toDate(0) and d - b > 180, d, toDate(0)), days, arrayShiftRight(days, 1, toDate(0)))) as return_day
                    from int_subject_day
                    group by subject_id
                ) as activity using (subject_id)
                left join (
                    select subject_id, count() as orders, countIf(ordered_at >= {AsOf} - interval 365 day) as year_orders
                    from dim_order
                    where not is_refunded
                    group by subject_id
                ) as ordering using (subject_id)
            ),
            counted as (
                select
                    multiIf(
                        last_day > toDate(0) and toDate('2025-07-15') > last_day + 180, 'lapsed',
                        return_day > toDate(0) and toDate('2025-07-15') <= return_day + 180, 'reactivated',
                        year_orders >= 4, 'frequent',
                        orders = 1, 'first-time',
                        orders > 1, 'repeat',
                        'registered'
                    ) as customer_type,
                    count() as customers
                from customers
                group by customer_type
            )
        select stock.customer_type, stock.grain, stock.numerator, counted.customers
        from kpi_customer_type as stock
        left join counted on counted.customer_type = stock.customer_type
        where stock.dimension = 'all' and stock.numerator != counted.customers
            and (stock.grain, stock.period_start) in (
                select grain, max(period_start) from kpi_customer_type group by grain
            )
        """);

    [Fact]
    public Task CustomerTypes_OfEveryPeriod_AddUpToAllCustomersSoFar() => HoldsAsync(
        "select count() from kpi_customer_type where entered_count > 0",
        """
        select stock.grain, stock.period_start, stock.total, counted.customers
        from (
            select grain, period_start, sum(numerator) as total
            from kpi_customer_type
            where dimension = 'all'
            group by grain, period_start
        ) as stock
        inner join (
            select grain, period_start, countIf(toDate(first_seen_at, 'Europe/Madrid') < period_end) as customers
            from int_subject
            cross join (select distinct grain, period_start, period_end from report_calendar) as period
            where is_identified
            group by grain, period_start
        ) as counted using (grain, period_start)
        where stock.total != counted.customers
        """);

    [Fact]
    public Task Rfm_Scores_AreFifthsOfThoseWhoHaveLess() => HoldsAsync(
        "select uniqExact(recency_score) + uniqExact(frequency_score) + uniqExact(monetary_score) >= 13 from dim_customer_rfm",
        $"""
        with
            orders as (
                select subject_id, currency, ordered_at, net_revenue_minor
                from dim_order
                where not is_anonymous and not is_refunded and ordered_at >= {AsOf} - interval 365 day
            ),
            main as (
                select subject_id, argMax(currency, (orders, currency)) as currency
                from (select subject_id, currency::String as currency, count() as orders from orders group by subject_id, currency)
                group by subject_id
            ),
            customers as (
                select
                    subject_id, main.currency as currency,
                    max(toDate(ordered_at, 'Europe/Madrid')) as last_day, count() as order_count,
                    sumIf(net_revenue_minor, orders.currency = main.currency) as net
                from orders
                inner join main using (subject_id)
                group by subject_id, currency
            ),
            ranks as (
                select
                    *,
                    rank() over (order by last_day) - 1 as r_less, rank() over (order by order_count) - 1 as f_less,
                    rank() over (partition by currency order by net) - 1 as m_less,
                    count() over () as total, count() over (partition by currency) as currency_total
                from customers
            )
        select *
        from ranks
        full join dim_customer_rfm as rfm on rfm.subject_id = ranks.subject_id
        where (ranks.subject_id, ranks.currency, ranks.order_count, ranks.net)
                != (rfm.subject_id, rfm.currency, rfm.order_count, rfm.net_revenue_minor)
            or rfm.recency_score != 1 + intDiv(5 * r_less, total)
            or rfm.frequency_score != 1 + intDiv(5 * f_less, total)
            or rfm.monetary_score != 1 + intDiv(5 * m_less, currency_total)
        """);

    [Fact]
    public Task Rfm_Segments_AreThoseOfTheCustomers() => HoldsAsync(
        "select count() from kpi_rfm where dimension = 'channel' and numerator > 0",
        """
        select *
        from (
            select segment, currency, dimension, dimension_value, sum(numerator) as customers, 0 as amount
            from kpi_rfm
            where grain = 'month' and metric = 'rfm_customer_share' and numerator > 0
            group by segment, currency, dimension, dimension_value
        ) as kpi
        full join (
            select
                rfm.segment as segment, rfm.currency as currency, slices.dimension as dimension,
                slices.dimension_value as dimension_value, count() as customers
            from dim_customer_rfm as rfm
            inner join int_subject_slice as slices on slices.subject_id = rfm.subject_id
            group by segment, currency, dimension, dimension_value
        ) as counted using (segment, currency, dimension, dimension_value)
        where kpi.customers != counted.customers
        """);

    [Fact]
    public Task ClvSimple_ChurnAndCustomers_AreThoseOfChurn() => HoldsAsync(
        "select count() from kpi_clv_simple where n > 0",
        """
        select simple.dimension, simple.dimension_value, simple.period_start, simple.n, churn.left_count
        from kpi_clv_simple as simple
        inner join (
            select
                dimension, dimension_value,
                addMonths(period_start, arrayJoin(range(1, 7))) as month,
                sum(numerator) as left_count, sum(denominator) as start_count
            from kpi_churn
            where grain = 'month' and metric = 'churn_rate'
            group by dimension, dimension_value, month
        ) as churn
            on churn.dimension = simple.dimension and churn.dimension_value = simple.dimension_value
            and churn.month = simple.period_start
        where simple.n != churn.left_count
            or (churn.left_count > 0 and abs(simple.monthly_churn_rate * churn.start_count - churn.left_count) > 1e-6)
        """);

    [Fact]
    public Task ClvSimple_Margin_IsWhatKnownCustomersPaidInTheMonths() => HoldsAsync(
        "select count() from kpi_clv_simple where numerator > 0",
        """
        select simple.currency, simple.period_start, simple.numerator, paid.amount
        from kpi_clv_simple as simple
        left join (
            select
                currency, addMonths(toStartOfMonth(toDate(ordered_at, 'Europe/Madrid')), arrayJoin(range(1, 7))) as month,
                sum(net_revenue_minor) as amount
            from dim_order
            where not is_anonymous
            group by currency, month
        ) as paid on paid.currency = simple.currency and paid.month = simple.period_start
        where simple.dimension = 'all' and simple.numerator != paid.amount
        """);

    [Theory]
    [InlineData("kpi_repeat_ladder", "metric, variant, step")]
    [InlineData("kpi_one_and_done", "metric")]
    [InlineData("kpi_clv_historic", "metric, horizon_days, currency")]
    [InlineData("kpi_customer_type", "metric, customer_type")]
    [InlineData("kpi_rfm", "metric, segment, currency")]
    public Task Slices_OfEveryDimension_AddUpToAll(string view, string keys) => HoldsAsync(
        $"select uniqExact(dimension) - 1 from {view} where numerator > 0",
        $"""
        select {keys}, grain, period_start
        from (
            select
                {keys}, grain, period_start, dimension,
                sum(numerator) as numbers,
                sum(ifNull(denominator, 0)) as bases
            from {view}
            group by {keys}, grain, period_start, dimension
        )
        group by {keys}, grain, period_start
        having uniqExact((numbers, bases)) > 1 or (max(numbers) > 0 and count() != 6)
        """);

    private Task HoldsAsync(string some, string broken) => Invariant.HoldsAsync(history.Database, some, broken);
}
