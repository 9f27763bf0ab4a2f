using System.Globalization;
using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>
/// Customers with an order that stands in the last 365 days by segment, as a share of them and of what they brought. Recency,
/// frequency and value are scored among all of them, value among those of its currency, equal values alike.
/// </summary>
internal sealed class Rfm : KpiOracle
{
    private static readonly TimeSpan Window = TimeSpan.FromDays(365);
    private static readonly string[] Segments = ["vip", "at-risk", "loyal", "recent", "cooling", "hibernating"];

    public override string View => "kpi_rfm";

    public override string Keys => "metric, segment, currency";

    public override string Counts => "numerator, denominator, n";

    public override void Count(World world, KpiRows rows)
    {
        foreach (var customer in world.Customers)
        {
            var orders = world.StandingOrders(customer).Where(order => order.At >= world.AsOf - Window)
                .Select(order => (
                    order.At,
                    Currency: order.Report.RevenueMinor is null ? "" : order.Report.Currency,
                    Net: order.Revenue - order.Refunds.Where(refund => refund.At <= world.AsOf).Sum(refund => refund.Amount)))
                .ToArray();
            if (orders.Length == 0) continue;
            var main = orders.GroupBy(order => order.Currency)
                .OrderByDescending(own => own.Count()).ThenByDescending(own => own.Key, StringComparer.Ordinal).First();

            // Scores depend on all customers; see below.
            var buyer = new Buyer(
                customer.Id, main.Key, world.Calendar.DayOf(orders[^1].At).DayNumber, orders.Length, main.Sum(order => order.Net));
            foreach (var grain in world.Grains)
                rows.Add(buyer.ToString(), world.Calendar.Of(grain, world.Calendar.Today), customer.Slices, false, 1);
        }
    }

    public override IEnumerable<KpiSum> Fold(IEnumerable<KpiSum> sums)
    {
        var rows = sums.Select(sum => (Sum: sum, Buyer: Buyer.Of(sum.Key))).ToArray();
        var all = rows.Select(row => row.Buyer).Distinct().ToArray();
        var segments = all.ToDictionary(buyer => buyer, buyer => SegmentOf(
            Score(buyer.LastDay, all.Select(other => other.LastDay)),
            Score(buyer.Orders, all.Select(other => other.Orders)),
            Score(buyer.Net, all.Where(other => other.Currency == buyer.Currency).Select(other => other.Net))));
        foreach (var slice in rows.GroupBy(row => (row.Sum.Period, row.Sum.Dimension, row.Sum.Value, row.Buyer.Currency)))
        {
            var count = slice.Count();
            var brought = slice.Sum(row => row.Buyer.Net);
            foreach (var segment in Segments)
            {
                var own = slice.Where(row => segments[row.Buyer] == segment).ToArray();
                yield return Row("rfm_customer_share", own.Length, count, 1);
                yield return Row("rfm_revenue_share", own.Sum(row => row.Buyer.Net), brought, 0);

                KpiSum Row(string metric, long part, long whole, long isProportion) => slice.First().Sum with
                {
                    Key = $"{metric} {segment} {slice.Key.Currency}",
                    Counts = [part, whole, count, isProportion],
                };
            }
        }
    }

    public override (double? Low, double? High) Interval(IReadOnlyList<long?> counts) =>
        counts[3] > 0 ? Wilson.Of(counts[0]!.Value, counts[1]!.Value) : (null, null);

    // 1 and the number of fifths of all that one has more than.
    private static int Score(long value, IEnumerable<long> all)
    {
        var values = all.ToArray();
        return 1 + (5 * values.Count(other => other < value) / values.Length);
    }

    private static string SegmentOf(int recency, int frequency, int value) => (recency, frequency, value) switch
    {
        ( >= 4, >= 4, >= 4) => "vip",
        ( <= 2, >= 3, _) or ( <= 2, _, >= 4) => "at-risk",
        ( >= 3, >= 3, _) => "loyal",
        ( >= 4, <= 2, _) => "recent",
        (3, <= 2, _) => "cooling",
        _ => "hibernating",
    };

    /// <summary>What a customer did in the window.</summary>
    private sealed record Buyer(string Id, string Currency, long LastDay, long Orders, long Net)
    {
        public static Buyer Of(string text)
        {
            var words = text.Split(' ');
            return new Buyer(words[0], words[1], Number(2), Number(3), Number(4));

            long Number(int i) => long.Parse(words[i], CultureInfo.InvariantCulture);
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id} {Currency} {LastDay} {Orders} {Net}");
    }
}
