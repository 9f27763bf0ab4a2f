namespace LifecycleMetrics.Sql.Tests.Invariants;

/// <summary>What holds for the money of any history.</summary>
public sealed class MoneyInvariantTests(GeneratedHistoryFixture history) : IClassFixture<GeneratedHistoryFixture>
{
    [Fact]
    public Task Mrr_AtTheEnd_IsMrrAtTheStartPlusMovements() => HoldsAsync(
        "select count() from kpi_mrr where metric = 'mrr' and churn_minor > 0",
        """
        select grain, dimension, dimension_value, currency, period_start
        from (
            select
                grain, dimension, dimension_value, currency, period_start, opening_minor, closing_minor, numerator,
                new_minor + expansion_minor - contraction_minor - churn_minor + reactivation_minor as moved,
                least(new_minor, expansion_minor, contraction_minor, churn_minor, reactivation_minor) as smallest,
                lagInFrame(closing_minor, 1, 0) over (
                    partition by grain, dimension, dimension_value, currency order by period_start
                ) as closing_before
            from kpi_mrr
            where metric = 'mrr'
        )
        where opening_minor + moved != closing_minor or opening_minor != closing_before or numerator != closing_minor or smallest < 0
        """);

    [Fact]
    public Task Mrr_KeptOfTheStart_IsThatOfEachAccount() => HoldsAsync(
        "select count() from kpi_mrr where metric = 'gross_revenue_retention' and numerator < denominator and numerator > 0",
        """
        select mrr.grain, mrr.currency, mrr.period_start, mrr.metric, mrr.numerator, mrr.denominator
        from kpi_mrr as mrr
        left join (
            select
                grain, currency, period_start, sum(opening) as openings, sum(least(opening, closing)) as gross,
                sumIf(closing, opening > 0) as net, sum(closing) as closings, toInt64(countIf(was)) as subscribers,
                toInt64(countIf(was and not still)) as lost, toInt64(countIf(still)) as active
            from (
                select
                    period.grain as grain, currency, period.period_start as period_start, subject_id,
                    sumIf(mrr_minor, begun < period.period_start and gone >= period.period_start) as opening,
                    sumIf(mrr_minor, begun < period.period_end and gone >= period.period_end) as closing,
                    countIf(begun < period.period_start and gone >= period.period_start) > 0 as was,
                    countIf(begun < period.period_end and gone >= period.period_end) > 0 as still
                from (
                    select
                        subject_id, currency, mrr_minor, toDate(toTimeZone(started_at, 'Europe/Madrid')) as begun,
                        if(
                            ended_at is null or ended_at > '2025-07-15 09:30:00',
                            toDate('2100-01-01'),
                            toDate(toTimeZone(assumeNotNull(ended_at), 'Europe/Madrid'))
                        ) as gone
                    from int_subscription
                    where started_at <= '2025-07-15 09:30:00'
                ) as intervals
                cross join (select distinct grain, period_start, period_end from report_calendar) as period
                group by grain, currency, period_start, subject_id
            )
            group by grain, currency, period_start
        ) as counted using (grain, currency, period_start)
        where mrr.dimension = 'all' and (mrr.numerator, ifNull(mrr.denominator, 0)) != multiIf(
            mrr.metric = 'mrr', (counted.closings, toInt64(0)),
            mrr.metric = 'gross_revenue_retention', (counted.gross, counted.openings),
            mrr.metric = 'net_revenue_retention', (counted.net, counted.openings),
            mrr.metric = 'active_subscribers', (counted.active, toInt64(0)),
            mrr.metric = 'subscriber_churn_rate', (counted.lost, counted.subscribers),
            (mrr.numerator, ifNull(mrr.denominator, 0))
        )
        """);

    [Fact]
    public Task Revenue_OfEverySlice_AddsUpToAll() => HoldsAsync(
        "select count() from kpi_revenue where metric = 'cash_refunds' and numerator > 0",
        """
        select metric, currency, grain, period_start
        from kpi_revenue
        where metric != 'average_order_value'
        group by metric, currency, grain, period_start
        having sum(numerator) != 6 * sumIf(numerator, dimension = 'all')
        """);

    [Fact]
    public Task ConvertedRevenue_IsThatOfBothCurrencies() => HoldsAsync(
        "select count() from kpi_revenue_converted where unconverted_currencies = 'EUR'",
        """
        select converted.metric, converted.grain, converted.period_start, converted.numerator
        from kpi_revenue_converted as converted
        left join (
            select
                concat('converted_', metric) as metric, grain, period_start,
                sumIf(numerator, currency = 'USD') as dollars, sumIf(numerator, currency = 'EUR') as euros
            from kpi_revenue
            where dimension = 'all'
            group by metric, grain, period_start
        ) as revenue using (metric, grain, period_start)
        where converted.dimension = 'all' and converted.metric in ('converted_gross_revenue', 'converted_refunds')
            -- A euro is between 1.00 and 1.60 dollars, or has no rate.
            and (
                converted.numerator < revenue.dollars + if(converted.value is null, 0, revenue.euros) - 1
                or converted.numerator > revenue.dollars + 1.6 * revenue.euros + 1
            )
        """);

    private Task HoldsAsync(string some, string broken) => Invariant.HoldsAsync(history.Database, some, broken);
}
