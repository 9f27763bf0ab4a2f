using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>
/// What was paid for the orders placed in the period, what of it was paid back so far, and how many orders there were, each
/// in its own currency. A refund whose order is unknown counts on its own date and is no order.
/// </summary>
internal sealed class Revenue : KpiOracle
{
    public override string View => "kpi_revenue";

    public override string Keys => "metric, currency";

    public override string Counts => "numerator, denominator, n";

    public override string Where => "metric in ('gross_revenue', 'refunds', 'net_revenue', 'orders', 'average_order_value')";

    public override void Count(World world, KpiRows rows)
    {
        foreach (var order in world.Orders.Where(order => order.At <= world.AsOf))
        {
            var subject = world.SubjectOf(order.Subject).Slices;
            var slices = new Slices(
                ReferenceLifecycle.ChannelOf(order.Report),
                order.Report.Campaign,
                subject.Persona,
                order.Report.Country.Length > 0 ? order.Report.Country : subject.Country,
                order.Report.Source);
            var refunds = order.Refunds.Where(refund => refund.At <= world.AsOf).Sum(refund => refund.Amount);
            var orders = order.IsOrder ? 1 : 0;
            var currency = order.Report.RevenueMinor is null ? "" : order.Report.Currency;
            foreach (var grain in world.Grains)
            {
                var period = world.Calendar.Of(grain, world.Calendar.DayOf(order.At));
                Add("gross_revenue", order.Revenue, null);
                Add("refunds", refunds, null);
                Add("net_revenue", order.Revenue - refunds, null);
                Add("orders", orders, null);
                Add("average_order_value", order.Revenue, orders);

                void Add(string metric, long amount, long? denominator) =>
                    rows.Add($"{metric} {currency}", period, slices, world.Calendar.IsClosed(period), amount, denominator, orders);
            }
        }
    }

    public override double? Value(IReadOnlyList<long?> counts, bool isMature) => counts[1] switch
    {
        null => counts[0],
        0 => null,
        var orders => (double)counts[0]!.Value / orders.Value,
    };
}
