namespace LifecycleMetrics.Sql.Tests.Invariants;

/// <summary>What holds for any history: each query looks for rows in which it does not.</summary>
public sealed class InvariantTests(GeneratedHistoryFixture history) : IClassFixture<GeneratedHistoryFixture>
{
    [Fact]
    public Task Stock_AtTheEnd_IsStockAtTheStartPlusInMinusOut() => HoldsAsync(
        "select count() from kpi_stage_stock where entered_count + exited_count > 0",
        """
        select model_id, stage_id, grain, dimension, dimension_value, period_start
        from (
            select
                model_id, stage_id, grain, dimension, dimension_value, period_start,
                opening_count, entered_count, exited_count, numerator,
                lagInFrame(numerator, 1, 0) over (
                    partition by model_id, model_version, stage_id, grain, dimension, dimension_value
                    order by period_start
                ) as numerator_before
            from kpi_stage_stock
        )
        where opening_count != numerator_before or numerator != opening_count + entered_count - exited_count
        """);

    [Fact]
    public Task Stock_OfEveryPeriod_IsTheVisitsOpenAtItsEnd() => HoldsAsync(
        "select count() from int_stage_visit where exited_at is not null",
        """
        select stock.model_id, stock.stage_id, stock.grain, stock.period_start, stock.numerator, counted.visits
        from kpi_stage_stock as stock
        left join (
            select model_id, stage_id, grain, period_start, count() as visits
            from int_stage_visit as visit
            cross join (select distinct grain, period_start, period_end from int_calendar) as period
            where toDate(toTimeZone(entered_at, 'Europe/Madrid')) < period_end
                and (exited_at is null or toDate(toTimeZone(exited_at, 'Europe/Madrid')) >= period_end)
            group by model_id, stage_id, grain, period_start
        ) as counted using (model_id, stage_id, grain, period_start)
        where stock.dimension = 'all' and stock.numerator != counted.visits
        """);

    [Fact]
    public Task ChurnAndRetention_OfEveryPeriod_AddUpToAllWhoWereActive() => HoldsAsync(
        "select count() from kpi_churn where metric = 'churn_rate' and numerator > 0 and is_mature",
        """
        select grain, dimension, dimension_value, period_start
        from kpi_churn
        group by grain, dimension, dimension_value, period_start
        having sum(numerator) != any(denominator)
            or min(denominator) != max(denominator)
            or count() != 2
            or (any(is_mature) and any(denominator) > 0 and abs(sum(value) - 1) > 1e-12)
        """);

    [Fact]
    public Task Churn_OfEveryClosedPeriod_IsWhatLookingAtEachDayGives() => HoldsAsync(
        "select count() from kpi_churn where metric = 'churn_rate' and dimension = 'all' and numerator > 0 and is_mature",
        """
        select churn.grain, churn.period_start, churn.denominator, churn.numerator, counted.active, counted.gone
        from kpi_churn as churn
        left join (
            select grain, period_start, countIf(is_start) as active, countIf(is_start and not is_end) as gone
            from (
                select
                    grain, period_start, subject_id,
                    max(active_date < period_start and active_date >= period_start - 180) as is_start,
                    max(active_date < period_end and active_date >= period_end - 180) as is_end
                from int_subject_day
                cross join (select distinct grain, period_start, period_end from int_calendar) as period
                where startsWith(subject_id, 'u:')
                group by grain, period_start, subject_id
            )
            group by grain, period_start
        ) as counted using (grain, period_start)
        where churn.metric = 'churn_rate' and churn.dimension = 'all' and churn.is_mature
            and (churn.denominator != counted.active or churn.numerator != counted.gone)
        """);

    [Fact]
    public Task CohortSizes_OfEveryGrain_AddUpToAllCustomers() => HoldsAsync(
        "select count() from kpi_retention_cohort where period_index > 0 and numerator > 0",
        """
        select grain, dimension, sum(cohort_size) as customers
        from kpi_retention_cohort
        where period_index = 0
        group by grain, dimension
        having customers != (select uniqExact(subject_id) from int_subject_day where startsWith(subject_id, 'u:'))
        """);

    [Fact]
    public Task Retention_InThePeriodTheyBeginIn_IsEverybody() => HoldsAsync(
        "select count() from kpi_retention_cohort where period_index = 0",
        "select grain, cohort_start from kpi_retention_cohort where period_index = 0 and numerator != cohort_size");

    [Theory]
    [InlineData("kpi_stage_entries", "model_id, stage_id")]
    [InlineData("kpi_stage_stock", "model_id, stage_id")]
    [InlineData("kpi_stage_conversion", "model_id, from_stage")]
    [InlineData("kpi_churn", "metric")]
    [InlineData("kpi_revenue", "metric, currency")]
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

    [Fact]
    public Task Revenue_OfEveryGrain_IsThatOfAllOrders() => HoldsAsync(
        "select count() from dim_order where refunded_minor > 0",
        """
        select grain, currency, metric, sum(numerator) as total
        from kpi_revenue
        where dimension = 'all' and metric != 'average_order_value'
        group by grain, currency, metric
        having (metric, total) not in (
            select arrayJoin([
                ('gross_revenue', sum(revenue_minor)),
                ('refunds', sum(refunded_minor)),
                ('net_revenue', sum(net_revenue_minor)),
                ('orders', toInt64(count()))
            ])
            from dim_order
            group by currency
        )
        """);

    [Fact]
    public Task Customers_OrdersAndMoney_AreThoseOfTheirOrders() => HoldsAsync(
        "select count() from dim_customer where is_multi_currency",
        """
        select customer.subject_id, customer.order_count, orders.order_count
        from dim_customer as customer
        inner join (
            select
                subject_id, count() as order_count,
                sumMap(map(currency::String, revenue_minor)) as revenue
            from dim_order
            group by subject_id
        ) as orders using (subject_id)
        where customer.order_count != orders.order_count
            or customer.revenue_minor != orders.revenue[customer.currency]
        """);

    private Task HoldsAsync(string some, string broken) => Invariant.HoldsAsync(history.Database, some, broken);
}
