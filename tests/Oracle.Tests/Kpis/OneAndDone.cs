using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>Of the customers whose first standing order is 180 days old, those who placed no other within these.</summary>
internal sealed class OneAndDone : ProportionOracle
{
    private static readonly TimeSpan Window = TimeSpan.FromDays(180);

    public override string View => "kpi_one_and_done";

    public override string Keys => "metric";

    public override string Counts => "numerator, denominator, n, maturing_n";

    public override void Count(World world, KpiRows rows)
    {
        foreach (var customer in world.Customers)
        {
            var orders = world.StandingOrders(customer);
            if (orders.Count == 0) continue;
            var first = orders[0];
            var isOld = first.At + Window <= world.AsOf;
            var isOnly = orders.Skip(1).All(order => order.At > first.At + Window);
            Cohorts.Add(
                world,
                rows,
                ("one_and_done_rate", ""),
                customer.Slices,
                first.At,
                Window,
                isOld && isOnly ? 1 : 0,
                isOld ? 1 : 0,
                isOld ? 1 : 0,
                isOld ? 0 : 1);
        }
    }
}
