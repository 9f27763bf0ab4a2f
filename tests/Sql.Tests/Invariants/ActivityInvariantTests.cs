namespace LifecycleMetrics.Sql.Tests.Invariants;

/// <summary>What holds of activity, churn, cohorts and silences for any history, and their numbers counted once more from the active days.</summary>
public sealed class ActivityInvariantTests(GeneratedHistoryFixture history) : IClassFixture<GeneratedHistoryFixture>
{
    // The local days of T in GeneratedHistory, and the window of sterne-cutler.
    private const string AsOfDate = "toDate('2025-07-15')";
    private const int Window = 180;

    [Fact]
    public Task ActiveCustomers_FromPeriodToPeriod_ChangeByNewAndResurrectedMinusDormant() => HoldsAsync(
        "select count() from kpi_lifecycle_flow where flow in ('resurrected', 'dormant') and numerator > 0 and is_mature",
        """
        select grain, dimension, dimension_value, period_start, active, active_before, fresh, resurrected, dormant
        from (
            select
                *,
                lagInFrame(active, 1, 0) over (
                    partition by grain, dimension, dimension_value order by period_start
                ) as active_before
            from (
                select
                    grain, dimension, dimension_value, period_start,
                    sumIf(numerator, flow = 'active') as active,
                    sumIf(numerator, flow = 'new') as fresh,
                    sumIf(numerator, flow = 'returning') as returning,
                    sumIf(numerator, flow = 'resurrected') as resurrected,
                    sumIf(numerator, flow = 'dormant') as dormant
                from kpi_lifecycle_flow
                where metric = 'lifecycle_flow'
                group by grain, dimension, dimension_value, period_start
            )
        )
        where active - active_before != fresh + resurrected - dormant or active != fresh + returning + resurrected
            or dormant < 0
        """);

    [Fact]
    public Task LifecycleFlow_OfEveryPeriod_IsWhatTheActiveDaysGive() => HoldsAsync(
        "select count() from kpi_lifecycle_flow where flow = 'dormant' and numerator > 0",
        """
        select flow.grain, flow.period_start, flow.flow, flow.numerator, counted.flows[flow.flow]
        from kpi_lifecycle_flow as flow
        left join (
            select
                grain, period_start,
                map(
                    'active', countIf(is_active),
                    'new', countIf(is_active and not was_active and not was_there),
                    'returning', countIf(is_active and was_active),
                    'resurrected', countIf(is_active and not was_active and was_there),
                    'dormant', countIf(not is_active and was_active)
                ) as flows
            from (
                select
                    period.grain as grain, period.period_start as period_start, subject_id,
                    max(active_date >= period.period_start and active_date < period_end) as is_active,
                    max(active_date >= period_before and active_date < period.period_start) as was_active,
                    max(active_date < period.period_start) as was_there
                from int_subject_day
                cross join (
                    select
                        grain, period_start, period_end,
                        lagInFrame(period_start, 1) over (partition by grain order by period_start) as period_before
                    from (select distinct grain, period_start, period_end from report_calendar)
                ) as period
                where startsWith(subject_id, 'u:')
                group by grain, period_start, subject_id
            )
            group by grain, period_start
        ) as counted on counted.grain = flow.grain and counted.period_start = flow.period_start
        where flow.metric = 'lifecycle_flow' and flow.dimension = 'all' and flow.numerator != counted.flows[flow.flow]
        """);

    [Fact]
    public Task NewCustomers_OfEveryGrain_AddUpToAllCustomers() => HoldsAsync(
        "select count() from kpi_lifecycle_flow where flow = 'new' and numerator > 0",
        """
        select grain, dimension, sum(numerator) as customers
        from kpi_lifecycle_flow
        where flow = 'new'
        group by grain, dimension
        having customers != (select uniqExact(subject_id) from int_subject_day where startsWith(subject_id, 'u:'))
        """);

    [Fact]
    public Task EarlyChurn_OfEveryClosedPeriod_IsWhatLookingAtEachDayGives() => HoldsAsync(
        "select count() from kpi_early_churn where numerator > 0 and dimension = 'all' and is_mature",
        $"""
        select churn.grain, churn.period_start, churn.numerator, churn.denominator, counted.gone, counted.joined
        from kpi_early_churn as churn
        left join (
            select grain, period_start, countIf(not is_start and not is_end) as gone, countIf(not is_start) as joined
            from (
                select
                    grain, period_start, subject_id,
                    max(active_date < period_start and active_date >= period_start - {Window}) as is_start,
                    max(active_date < period_end and active_date >= period_end - {Window}) as is_end,
                    max(active_date < period_end and active_date >= period_start) as is_there
                from int_subject_day
                cross join (select distinct grain, period_start, period_end from report_calendar) as period
                where startsWith(subject_id, 'u:')
                group by grain, period_start, subject_id
                having is_there
            )
            group by grain, period_start
        ) as counted on counted.grain = churn.grain and counted.period_start = churn.period_start
        where churn.dimension = 'all' and churn.is_mature
            and (churn.numerator != counted.gone or churn.denominator != counted.joined)
        """);

    [Fact]
    public Task ComparedChurn_OfEveryPeriod_CountsMoreTheWiderTheDefinition() => HoldsAsync(
        "select count() from kpi_churn_compared where definition = 'stripe' and numerator > 0 and grain = 'year'",
        """
        select compared.grain, compared.dimension_value, compared.period_start
        from kpi_churn_compared as compared
        inner join kpi_churn as churn using (grain, dimension, dimension_value, period_start)
        where churn.metric = 'churn_rate'
        group by compared.grain, compared.dimension, compared.dimension_value, compared.period_start
        having maxIf(compared.numerator, definition = 'lifecycle_metrics') != any(churn.numerator)
            or maxIf(compared.value, definition = 'lifecycle_metrics') is distinct from any(churn.value)
            or maxIf(compared.numerator, definition = 'chartmogul') < any(churn.numerator)
            or maxIf(compared.numerator, definition = 'stripe') < maxIf(compared.numerator, definition = 'chartmogul')
            or max(compared.numerator - compared.denominator) > 0
        """);

    [Fact]
    public Task AnnualisedChurn_OfEveryMonth_LeavesWhatTwelveSuchMonthsLeave() => HoldsAsync(
        "select count() from kpi_annualised_churn where numerator > 0 and is_mature",
        """
        select yearly.period_start, yearly.value, churn.value
        from kpi_annualised_churn as yearly
        inner join kpi_churn as churn using (grain, dimension, dimension_value, period_start)
        where churn.metric = 'retention_rate' and isNotNull(churn.value)
            and (isNull(yearly.value) or abs(1 - yearly.value - pow(churn.value, 12)) > 1e-12)
        """);

    [Fact]
    public Task RetentionOnOrAfter_AlongACohort_NeverRises_AndIsNeverBelowOn() => HoldsAsync(
        "select count() from kpi_retention_cohort where variant = 'on_or_after' and numerator < cohort_size and numerator > 0",
        """
        select grain, cohort_start, period_index
        from (
            select
                grain, dimension, dimension_value, cohort_start, period_index,
                maxIf(numerator, variant = 'on') as on_count,
                maxIf(numerator, variant = 'on_or_after') as after_count,
                lagInFrame(after_count, 1, after_count) over (
                    partition by grain, dimension, dimension_value, cohort_start order by period_index
                ) as after_before
            from kpi_retention_cohort
            where variant != 'recurring'
            group by grain, dimension, dimension_value, cohort_start, period_index
        )
        where after_count < on_count or after_count > after_before
        """);

    [Fact]
    public Task RetentionOfEveryVariant_ByMonth_IsWhatTheActiveDaysGive() => HoldsAsync(
        "select count() from kpi_retention_cohort where variant = 'recurring' and period_index > 0 and numerator > 0",
        """
        with months as (
            select subject_id, arraySort(groupUniqArray(toStartOfMonth(active_date))) as list
            from int_subject_day
            where startsWith(subject_id, 'u:')
            group by subject_id
        )
        select retention.variant, retention.cohort_start, retention.period_index, retention.numerator
        from kpi_retention_cohort as retention
        cross join (select groupArray(list) as lists from months) as everybody
        where retention.grain = 'month' and retention.dimension = 'all'
            and retention.numerator != multiIf(
                variant = 'on',
                arrayCount(m -> m[1] = cohort_start and has(m, retention.period_start), lists),
                variant = 'on_or_after',
                arrayCount(m -> m[1] = cohort_start and m[-1] >= retention.period_start, lists),
                arrayCount(m -> has(m, cohort_start) and has(m, retention.period_start), lists)
            )
        """);

    [Fact]
    public Task RecurringCohorts_OfAPeriod_AreItsActiveCustomers() => HoldsAsync(
        "select count() from kpi_retention_cohort where variant = 'recurring' and period_index = 0",
        """
        select flow.grain, flow.dimension_value, flow.period_start, flow.numerator, retention.cohort_size
        from kpi_lifecycle_flow as flow
        left join (
            select grain, dimension, dimension_value, cohort_start, cohort_size
            from kpi_retention_cohort
            where variant = 'recurring' and period_index = 0
        ) as retention
            on retention.grain = flow.grain and retention.dimension = flow.dimension
            and retention.dimension_value = flow.dimension_value and retention.cohort_start = flow.period_start
        where flow.flow = 'active' and flow.grain != 'day' and flow.numerator != retention.cohort_size
        """);

    [Fact]
    public Task RetentionAverage_OfEveryIndex_IsTheSumOverMatureCohorts() => HoldsAsync(
        "select count() from kpi_retention_average where cohort_count > 1 and numerator > 0",
        """
        select average.variant, average.grain, average.period_index, average.numerator, average.denominator
        from kpi_retention_average as average
        full join (
            select
                variant, grain, dimension, dimension_value, period_index,
                sum(numerator) as retained, sum(cohort_size) as size, toInt64(count()) as cohorts
            from kpi_retention_cohort
            where is_mature
            group by variant, grain, dimension, dimension_value, period_index
        ) as cohort using (variant, grain, dimension, dimension_value, period_index)
        where average.numerator != cohort.retained or average.denominator is distinct from cohort.size
            or average.cohort_count != cohort.cohorts
        """);

    [Fact]
    public Task FalseChurn_OfEveryWindow_IsWhatLookingAtEachSilenceGives() => HoldsAsync(
        "select count() from kpi_lapse_window where window_days = 180 and numerator > 0 and dimension = 'all'",
        $"""
        select counted.window_days, counted.reached, counted.returned, shown.reached, shown.returned
        from (
            select
                arrayJoin([30, 45, 60, 90, 120, 180, 270, 365]) as window_days,
                countIf(least(next_date, {AsOfDate}) - active_date > window_days) as reached,
                countIf(next_date <= {AsOfDate} and next_date - active_date > window_days) as returned
            from (
                select
                    active_date,
                    leadInFrame(active_date, 1, toDate('2100-01-01')) over (
                        partition by subject_id order by active_date
                        rows between current row and unbounded following
                    ) as next_date
                from int_subject_day
                where startsWith(subject_id, 'u:')
            )
            group by window_days
        ) as counted
        left join (
            select grain, window_days, sum(denominator) as reached, sum(numerator) as returned
            from kpi_lapse_window
            where dimension = 'all'
            group by grain, window_days
        ) as shown on shown.window_days = counted.window_days
        where shown.reached != counted.reached or shown.returned != counted.returned
        """);

    [Fact]
    public Task Stops_OfEveryPeriod_AreTheSilencesThatReachedTheWindowInUse() => HoldsAsync(
        "select count() from kpi_lapse_window where is_in_use and denominator > 0 and is_mature",
        """
        select churn.grain, churn.dimension_value, churn.period_start, churn.numerator, silence.denominator
        from kpi_churn_compared as churn
        inner join kpi_lapse_window as silence using (grain, dimension, dimension_value, period_start)
        where churn.definition = 'stripe' and silence.is_in_use and churn.numerator != silence.denominator
        """);

    [Fact]
    public Task Starts_OfEveryGrain_AreCustomersAndReturnsAfterTheWindow() => HoldsAsync(
        "select count() from kpi_reactivated_vs_new where cohort_type = 'reactivated' and numerator > 0 and months_since > 0",
        """
        select grain, dimension, sumIf(n, cohort_type = 'new') as customers, sumIf(n, cohort_type = 'reactivated') as returns
        from (
            select grain, dimension, cohort_type, assumeNotNull(denominator) + maturing_n as n
            from kpi_reactivated_vs_new
            where metric = 'retention_since_start' and months_since = 0
        )
        group by grain, dimension
        having customers != (select uniqExact(subject_id) from int_subject_day where startsWith(subject_id, 'u:'))
            or returns != (
                select sum(numerator) from kpi_lapse_window
                where is_in_use and dimension = 'all' and grain = 'month'
            )
        """);

    [Fact]
    public Task ValueOfStarts_OverAllMonths_IsTheNetRevenueOfCustomers() => HoldsAsync(
        "select count() from kpi_reactivated_vs_new where cohort_type = 'reactivated' and metric = 'value_since_start' and numerator > 0",
        """
        select currency, dimension, sum(net_revenue_minor) as total
        from customer_start_cell
        where (base_no, refresh_no) in (select base_no, refresh_no from int_live_run) and currency != ''
        group by currency, dimension
        having (currency::String, total) not in (
            select currency::String, sum(net_revenue_minor)
            from dim_order
            where not is_anonymous
            group by currency
        )
        """);

    [Theory]
    [InlineData("kpi_lifecycle_flow", "metric, flow")]
    [InlineData("kpi_early_churn", "metric")]
    [InlineData("kpi_annualised_churn", "metric")]
    [InlineData("kpi_churn_compared", "definition")]
    [InlineData("kpi_lapse_window", "window_days")]
    [InlineData("kpi_reactivated_vs_new", "metric, cohort_type, currency, months_since")]
    [InlineData("kpi_retention_cohort", "variant, cohort_start, period_index")]
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
