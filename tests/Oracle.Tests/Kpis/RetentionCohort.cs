using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>
/// Of the customers first active in the same period, those active in the very period k periods later; unknown while that
/// period is not over.
/// </summary>
internal sealed class RetentionCohort : KpiOracle
{
    public override string View => "kpi_retention_cohort";

    public override string Keys => "variant, cohort_start, period_index";

    public override string Counts => "if(is_mature, numerator, null), denominator, n, cohort_size";

    public override string Where => "variant = 'on'";

    public override void Count(World world, KpiRows rows)
    {
        foreach (var customer in world.Customers.Where(customer => customer.ActiveDays.Count > 0))
        {
            foreach (var grain in world.Grains)
            {
                var periods = world.Calendar.From(grain, customer.ActiveDays[0]).Take(grain switch { "day" => 31, "week" => 53, _ => int.MaxValue });
                foreach (var (index, period) in periods.Index())
                {
                    var isOver = world.Calendar.IsClosed(period);
                    var isBack = customer.ActiveDays.Any(period.Contains);
                    var cohort = world.Calendar.Of(grain, customer.ActiveDays[0]);
                    rows.Add($"on {cohort.Start:yyyy-MM-dd} {index}", period, customer.Slices, isOver, isOver ? (isBack ? 1 : 0) : null, 1, 1, 1);
                }
            }
        }
    }

    public override double? Value(IReadOnlyList<long?> counts, bool isMature) =>
        counts[0] is { } numerator && counts[1] is > 0 and var denominator ? (double)numerator / denominator : null;

    public override (long K, long N)? Proportion(IReadOnlyList<long?> counts) => (counts[0]!.Value, counts[1]!.Value);
}
