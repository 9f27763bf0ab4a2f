using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>
/// What was paid for the orders placed in the period, what of it was paid back so far, and how many orders there were, each
/// in its own currency; and what was paid back in the period, whenever the orders were placed (cash). A refund whose order
/// is unknown counts on its own date and is no order.
/// </summary>
internal sealed class Revenue : KpiOracle
{
    public override string View => "kpi_revenue";

    public override string Keys => "metric, currency";

    public override string Counts => "numerator, denominator, n";

    public override void Count(World world, KpiRows rows)
    {
        foreach (var order in world.Orders.Where(order => order.At <= world.AsOf))
        {
            var refunds = order.Refunds.Where(refund => refund.At <= world.AsOf).ToArray();
            var refunded = refunds.Sum(refund => refund.Amount);
            var orders = order.IsOrder ? 1 : 0;
            Add(order.At, "gross_revenue", order.Revenue, null, orders);
            Add(order.At, "refunds", refunded, null, orders);
            Add(order.At, "net_revenue", order.Revenue - refunded, null, orders);
            Add(order.At, "orders", orders, null, orders);
            Add(order.At, "average_order_value", order.Revenue, orders, orders);
            Add(order.At, "cash_refunds", 0, null, orders);
            Add(order.At, "cash_net_revenue", order.Revenue, null, orders);
            foreach (var refund in refunds)
            {
                Add(refund.At, "cash_refunds", refund.Amount, null, 0);
                Add(refund.At, "cash_net_revenue", -refund.Amount, null, 0);
            }

            void Add(DateTime at, string metric, long amount, long? denominator, long count)
            {
                var currency = order.Report.RevenueMinor is null ? "" : order.Report.Currency;
                foreach (var grain in world.Grains)
                {
                    var period = world.Calendar.Of(grain, world.Calendar.DayOf(at));
                    rows.Add($"{metric} {currency}", period, world.SlicesOf(order), world.Calendar.IsClosed(period), amount, denominator, count);
                }
            }
        }
    }
}
