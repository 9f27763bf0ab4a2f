using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>
/// Of the customers whose k-th standing order was placed in the period and is 180 days old, those whose next one came within
/// 180 days; the variant by day takes the orders of a local day as one, placed with the first of them.
/// </summary>
internal sealed class RepeatLadder : ProportionOracle
{
    private const int Steps = 10;
    private static readonly TimeSpan Window = TimeSpan.FromDays(180);

    public override string View => "kpi_repeat_ladder";

    public override string Keys => "metric, variant, step";

    public override string Counts => "numerator, denominator, n, maturing_n";

    public override void Count(World world, KpiRows rows)
    {
        foreach (var customer in world.Customers)
        {
            var orders = world.StandingOrders(customer).Select(order => order.At).ToArray();
            Add("orders", orders);
            Add("by_day", [.. orders.GroupBy(world.Calendar.DayOf).Select(day => day.Min())]);

            void Add(string variant, DateTime[] purchases)
            {
                for (var k = 0; k < Math.Min(purchases.Length, Steps); k++)
                {
                    var isOld = purchases[k] + Window <= world.AsOf;
                    var isBack = k + 1 < purchases.Length && purchases[k + 1] <= purchases[k] + Window;
                    Cohorts.Add(
                        world,
                        rows,
                        ("repeat_ladder", $" {variant} {k + 1}"),
                        customer.Slices,
                        purchases[k],
                        Window,
                        isOld && isBack ? 1 : 0,
                        isOld ? 1 : 0,
                        isOld ? 1 : 0,
                        isOld ? 0 : 1);
                }
            }
        }
    }
}
