using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>
/// Of the customers active at the start of the period, those not active at its end, and those still active. Active at the
/// start of a day = did something in the window before it, the shortest lapse_after of the default model. What is left
/// of a period that is not over has no value.
/// </summary>
internal sealed class Churn : ProportionOracle
{
    public override string View => "kpi_churn";

    public override string Keys => "metric, window_days";

    public override string Counts => "if(is_mature, numerator, null), denominator, n";

    public override void Count(World world, KpiRows rows)
    {
        var window = world.ActiveWindow;
        foreach (var customer in world.Customers)
        {
            foreach (var period in world.Periods.Where(period => customer.IsActiveAt(period.Start, window)))
            {
                var isOver = world.Calendar.IsClosed(period);
                var isGone = !customer.IsActiveAt(period.End, window);
                rows.Add($"churn_rate {window}", period, customer.Slices, isOver, isOver ? (isGone ? 1 : 0) : null, 1, 1);
                rows.Add($"retention_rate {window}", period, customer.Slices, isOver, isOver ? (isGone ? 0 : 1) : null, 1, 1);
            }
        }
    }
}
