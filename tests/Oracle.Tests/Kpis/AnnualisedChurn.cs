using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>1 − (1 − c)^12, c = churn of the month.</summary>
internal sealed class AnnualisedChurn : ProportionOracle
{
    public override string View => "kpi_annualised_churn";

    public override string Keys => "metric, window_days";

    public override string Counts => "if(is_mature, numerator, null), denominator, n";

    public override void Count(World world, KpiRows rows)
    {
        foreach (var customer in world.Customers)
        {
            foreach (var period in world.Periods.Where(period => period.Grain == "month" && customer.IsActiveAt(period.Start, world.ActiveWindow)))
            {
                var isOver = world.Calendar.IsClosed(period);
                var isGone = !customer.IsActiveAt(period.End, world.ActiveWindow);
                rows.Add($"annualised_churn_rate {world.ActiveWindow}", period, customer.Slices, isOver, isOver ? (isGone ? 1 : 0) : null, 1, 1);
            }
        }
    }

    public override double? Value(IReadOnlyList<long?> counts) => OfYear(base.Value(counts));

    public override (double? Low, double? High) Interval(IReadOnlyList<long?> counts)
    {
        var (low, high) = base.Interval(counts);
        return (OfYear(low), OfYear(high));
    }

    private static double? OfYear(double? month) => month is { } churn ? 1 - Math.Pow(1 - churn, 12) : null;
}
