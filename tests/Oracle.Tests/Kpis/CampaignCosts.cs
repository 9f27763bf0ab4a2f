using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>What campaigns cost on the days of the period.</summary>
internal sealed class CampaignCosts : KpiOracle
{
    public override string View => "kpi_campaign_cost";

    public override string Keys => "metric, currency";

    public override string Counts => "numerator, denominator, n, cost_minor";

    public override void CountShared(Spending spending, KpiRows rows)
    {
        foreach (var cost in spending.Costs)
        {
            foreach (var period in Period.Grains.Select(grain => spending.Calendar.Of(grain, cost.Day)))
            {
                rows.Add(
                    $"campaign_cost {cost.Currency}", period, Spending.SlicesOf(cost), spending.Calendar.IsClosed(period), cost.Minor, null, 1, cost.Minor);
            }
        }
    }

    // Costs are of no history.
    public override void Count(World world, KpiRows rows)
    {
    }
}
