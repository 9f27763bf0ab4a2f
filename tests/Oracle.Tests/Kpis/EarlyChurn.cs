using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>Of the customers not active at the start of the period who became active in it, those not active at its end.</summary>
internal sealed class EarlyChurn : ProportionOracle
{
    public override string View => "kpi_early_churn";

    public override string Keys => "metric, window_days";

    public override string Counts => "numerator, denominator, n";

    public override string Where => "is_mature";

    public override void Count(World world, KpiRows rows)
    {
        foreach (var customer in world.Customers)
        {
            foreach (var period in world.Periods.Where(world.Calendar.IsClosed))
            {
                if (customer.IsActiveAt(period.Start, world.ActiveWindow) || !customer.ActiveDays.Any(period.Contains)) continue;
                var isGone = !customer.IsActiveAt(period.End, world.ActiveWindow);
                rows.Add($"early_churn_rate {world.ActiveWindow}", period, customer.Slices, true, isGone ? 1 : 0, 1, 1);
            }
        }
    }
}
