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
            cross join (select distinct grain, period_start, period_end from report_calendar) as period
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
                cross join (select distinct grain, period_start, period_end from report_calendar) as period
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
        select variant, grain, dimension, sum(cohort_size) as customers
        from kpi_retention_cohort
        where period_index = 0 and variant != 'recurring'
        group by variant, grain, dimension
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
                ('cash_refunds', sum(refunded_minor)),
                ('cash_net_revenue', sum(net_revenue_minor)),
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

    [Fact]
    public Task Customers_OfEachType_AreItsStockAtT() => HoldsAsync(
        "select uniqExact(customer_type) from dim_customer where customer_type not in ('', 'registered', 'first-time')",
        """
        select counted.customer_type, counted.stock, customers.stock
        from (
            select customer_type, argMax(numerator, period_start) as stock
            from kpi_customer_type
            where metric = 'customer_type_stock' and grain = 'day' and dimension = 'all'
            group by customer_type
        ) as counted
        full join (
            select customer_type, toInt64(count()) as stock
            from dim_customer
            where is_identified
            group by customer_type
        ) as customers using (customer_type)
        where counted.stock != customers.stock
        """);

    [Fact]
    public Task Credit_OfEveryAttributionModelAndSlice_IsTheRevenueExactly() => HoldsAsync(
        "select count() from kpi_attribution where metric = 'attributed_revenue' and attribution_model = 'time_decay' and numerator > 0",
        """
        select grain, dimension, attribution_model, currency, metric, sum(numerator) as total
        from kpi_attribution
        where conversion = 'order'
        group by grain, dimension, attribution_model, currency, metric
        having (metric, total) not in (
            select arrayJoin([
                ('attributed_conversions', toInt64(count()) * 1000000),
                ('attributed_revenue', sum(revenue_minor)),
                ('attributed_net_revenue', sum(net_revenue_minor)),
                ('attributed_gross_margin', sum(net_revenue_minor))
            ])
            from dim_order
            group by currency
        )
        """);

    [Fact]
    public Task Credit_OfEveryStage_IsItsEntries() => HoldsAsync(
        "select count() from kpi_attribution where conversion = 're_entry' and numerator > 0",
        """
        select credit.stage_id, credit.dimension, credit.attribution_model, credit.total, entries.total
        from (
            select model_id, stage_id, grain, dimension, attribution_model, sum(numerator) as total
            from kpi_attribution
            where conversion = 'stage_entry'
            group by model_id, stage_id, grain, dimension, attribution_model
        ) as credit
        full join (
            select model_id, stage_id, toInt64(count()) * 1000000 as total
            from int_stage_visit
            where stage_id != 'lapsed' and direction != 'back'
            group by model_id, stage_id
        ) as entries using (model_id, stage_id)
        where credit.total != entries.total
        """);

    [Fact]
    public Task CustomersAndMargin_OfAllPaybackCohorts_AreThoseOfAllOrders() => HoldsAsync(
        "select count() from kpi_payback where margin_per_customer_minor > 0",
        """
        select dimension, currency, sum(numerator) as margin, sum(n) as customers
        from kpi_payback
        group by dimension, currency
        having (currency, margin, customers) not in (
            select
                currency,
                sum(net_revenue_minor),
                (
                    select toInt64(count())
                    from (
                        select argMin(currency, (ordered_at, order_id)) as first_currency
                        from dim_order
                        where not is_anonymous
                        group by subject_id
                    )
                    where first_currency = 'USD'
                )
            from dim_order
            where not is_anonymous
            group by currency
        ) and currency = 'USD'
        """);

    [Fact]
    public Task Touched_OfEveryClosedPeriod_AreThoseWhomLookingAtEachFinds() => HoldsAsync(
        "select count() from kpi_gap_analysis where metric = 'activity_reach' and touch_campaign = '' and numerator > 0 and is_mature",
        """
        select reach.stage_id, reach.touch_channel, reach.grain, reach.period_start, reach.numerator, counted.subjects
        from kpi_gap_analysis as reach
        left join (
            select visit.stage_id, touch.channel, period.grain, period.period_start, uniqExact(visit.subject_id) as subjects
            from int_stage_visit as visit
            inner join stg_activity as touch on touch.subject_id = visit.subject_id
            cross join (select distinct grain, period_start, period_end from report_calendar where grain = 'month') as period
            where touch.event in ('Ad Clicked', 'Email Clicked', 'Email Sent')
                and touch.channel != 'direct'
                and toDate(toTimeZone(visit.entered_at, 'Europe/Madrid')) < period.period_end
                and (visit.exited_at is null or toDate(toTimeZone(visit.exited_at, 'Europe/Madrid')) >= period.period_end)
                and toDate(toTimeZone(touch.occurred_at, 'Europe/Madrid')) < period.period_end
                and toDate(toTimeZone(touch.occurred_at + interval 720 hour, 'Europe/Madrid')) >= period.period_end
            group by visit.stage_id, touch.channel, period.grain, period.period_start
        ) as counted
            on counted.stage_id = reach.stage_id and counted.channel = reach.touch_channel
            and counted.grain = reach.grain and counted.period_start = reach.period_start
        where reach.metric = 'activity_reach' and reach.grain = 'month' and reach.dimension = 'all' and reach.touch_campaign = ''
            and reach.is_mature and reach.numerator != counted.subjects
        """);

    [Fact]
    public Task Stock_OfTheGapAnalysis_IsThatOfTheStage() => HoldsAsync(
        "select count() from kpi_gap_analysis where metric = 'activity_reach' and denominator > 0",
        """
        select gap.stage_id, gap.grain, gap.dimension, gap.dimension_value, gap.period_start, gap.denominator, stock.numerator
        from kpi_gap_analysis as gap
        inner join kpi_stage_stock as stock
            on stock.model_id = gap.model_id and stock.model_version = gap.model_version and stock.stage_id = gap.stage_id
            and stock.grain = gap.grain and stock.dimension = gap.dimension
            and stock.dimension_value = gap.dimension_value and stock.period_start = gap.period_start
        where gap.metric = 'activity_reach' and gap.grain in ('week', 'month') and gap.denominator != stock.numerator
        """);

    private Task HoldsAsync(string some, string broken) => Invariant.HoldsAsync(history.Database, some, broken);
}
