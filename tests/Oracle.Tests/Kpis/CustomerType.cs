using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>How many customers are of which type in the last instant of the period, or at T; the first type that fits.</summary>
internal sealed class CustomerType : KpiOracle
{
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    public override string View => "kpi_customer_type";

    public override string Keys => "metric, customer_type";

    public override string Counts => "numerator, denominator, n";

    public override void Count(World world, KpiRows rows)
    {
        foreach (var customer in world.Customers)
        {
            foreach (var period in world.Periods)
            {
                var isOver = world.Calendar.IsClosed(period);
                var at = isOver ? world.Calendar.InstantOf(period.End).AddMilliseconds(-1) : world.AsOf;
                if (TypeOf(world, customer, at) is { } type) rows.Add($"customer_type_stock {type}", period, customer.Slices, isOver, 1, null, 1);
            }
        }
    }

    private static string? TypeOf(World world, Subject customer, DateTime at)
    {
        var today = world.Calendar.DayOf(at);
        var days = customer.ActiveDays.Where(day => day <= today).ToArray();
        if (customer.Touches[0].At > at) return null;

        // Who never did anything has not stopped either.
        if (days.Length > 0 && today.DayNumber - days[^1].DayNumber > world.ActiveWindow) return "lapsed";

        var back = days.Zip(days.Skip(1)).Where(pair => pair.Second.DayNumber - pair.First.DayNumber > world.ActiveWindow)
            .Select(pair => pair.Second).LastOrDefault();
        if (back != default && today.DayNumber - back.DayNumber <= world.ActiveWindow) return "reactivated";

        var orders = world.Orders.Where(order =>
            order.IsOrder && order.Subject == customer.Id && order.At <= at && !(order.VoidedBy?.At <= at)).ToArray();
        return orders.Count(order => order.At >= at - Year) >= 4 ? "frequent" : orders.Length switch { 0 => "registered", 1 => "first-time", _ => "repeat" };
    }
}
