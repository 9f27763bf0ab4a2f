using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>
/// Retention k periods after the cohort's over all cohorts for which that period is over and not censored; how many they are,
/// and the newest of them.
/// </summary>
internal sealed class RetentionAverage : ProportionOracle
{
    public override string View => "kpi_retention_average";

    public override string Keys => "variant, period_index";

    public override string Counts => "numerator, denominator, n, cohort_count";

    public override void Count(World world, KpiRows rows)
    {
        foreach (var customer in world.Customers)
        {
            foreach (var comeback in Comeback.Of(world, customer).Where(comeback => world.Calendar.IsClosed(comeback.Period) && !comeback.IsCensored))
                rows.Add($"{comeback.Variant} {comeback.Index}", comeback.Cohort, customer.Slices, true, comeback.IsBack ? 1 : 0, 1, 1, 1);
        }
    }

    public override IEnumerable<KpiSum> Fold(IEnumerable<KpiSum> sums) => sums
        .GroupBy(cohort => (cohort.Key, cohort.Period.Grain, cohort.Dimension, cohort.Value))
        .Select(cohorts => cohorts.MaxBy(cohort => cohort.Period.Start)! with
        {
            Counts =
            [
                cohorts.Sum(cohort => cohort.Counts[0]),
                cohorts.Sum(cohort => cohort.Counts[1]),
                cohorts.Sum(cohort => cohort.Counts[2]),
                cohorts.Count(),
            ],
        });
}
