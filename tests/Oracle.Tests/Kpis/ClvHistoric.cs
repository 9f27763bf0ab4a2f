using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>
/// What customers brought within a horizon from their first order in a currency: net revenue less direct cost, over all who
/// are that old; also who bought once and who got everything back. The margin is 1 here.
/// </summary>
internal sealed class ClvHistoric : KpiOracle
{
    private static readonly int[] Horizons = [30, 90, 180, 365, 730];

    public override string View => "kpi_clv_historic";

    public override string Keys => "metric, horizon_days, currency";

    public override string Counts => "numerator, denominator, n, maturing_n, net_revenue_minor, direct_cost_minor";

    public override void Count(World world, KpiRows rows)
    {
        var orders = world.Orders.Where(order => order.IsOrder && order.At <= world.AsOf);
        foreach (var own in orders.GroupBy(order => (order.Subject, Currency: order.Report.RevenueMinor is null ? "" : order.Report.Currency)))
        {
            if (world.Customers.FirstOrDefault(customer => customer.Id == own.Key.Subject) is not { } customer) continue;
            var first = own.Min(order => order.At);
            foreach (var horizon in Horizons)
            {
                var window = TimeSpan.FromDays(horizon);
                var isOld = first + window <= world.AsOf;
                var within = own.Where(order => isOld && order.At < first + window).ToArray();
                var net = within.Sum(order => order.Revenue - order.Refunds.Where(refund => refund.At <= world.AsOf).Sum(refund => refund.Amount));
                var cost = within.Sum(order => order.Report.CostMinor ?? 0);
                Cohorts.Add(
                    world,
                    rows,
                    ("clv_historic", $" {horizon} {own.Key.Currency}"),
                    customer.Slices,
                    first,
                    window,
                    net - cost,
                    isOld ? 1 : 0,
                    isOld ? 1 : 0,
                    isOld ? 0 : 1,
                    net,
                    cost);
            }
        }
    }
}
