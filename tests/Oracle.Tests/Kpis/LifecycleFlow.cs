using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>
/// Customers active in the period: for the first time ever, after the period before or after a pause; and those who were
/// active in the period before and are not in this one, known when it is over. Quick ratio = (new + resurrected) ÷ dormant.
/// </summary>
internal sealed class LifecycleFlow : KpiOracle
{
    public override string View => "kpi_lifecycle_flow";

    public override string Keys => "metric, flow";

    public override string Counts =>
        "if((flow = 'dormant' or metric = 'quick_ratio') and not is_mature, null, numerator), if(is_mature, denominator, null)";

    public override void Count(World world, KpiRows rows)
    {
        foreach (var customer in world.Customers.Where(customer => customer.ActiveDays.Count > 0))
        {
            foreach (var period in world.Periods)
            {
                var isOver = world.Calendar.IsClosed(period);
                var isActive = customer.ActiveDays.Any(period.Contains);
                var wasActive = customer.ActiveDays.Any(world.Calendar.Of(period.Grain, period.Start.AddDays(-1)).Contains);
                var isNew = isActive && period.Contains(customer.ActiveDays[0]);
                var isResurrected = isActive && !isNew && !wasActive;
                var isDormant = wasActive && !isActive;
                Add("active", isActive);
                Add("new", isNew);
                Add("returning", isActive && wasActive);
                Add("resurrected", isResurrected);
                if (!isOver) continue;
                Add("dormant", isDormant);
                rows.Add("quick_ratio ", period, customer.Slices, true, isNew || isResurrected ? 1 : 0, isDormant ? 1 : 0);

                void Add(string flow, bool isOne) =>
                    rows.Add($"lifecycle_flow {flow}", period, customer.Slices, isOver, isOne ? 1 : 0, null);
            }
        }
    }
}
