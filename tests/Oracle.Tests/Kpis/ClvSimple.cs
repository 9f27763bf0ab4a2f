using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>
/// From the six months before the month: net revenue of each customer and month times the months a customer stays, at most
/// 60; unknown if fewer than 50 left. The margin is 1 here, and the calendar begins too early for anybody to have left
/// before there are six months.
/// </summary>
internal sealed class ClvSimple : KpiOracle
{
    private const int Months = 6;
    private const int FewestLeft = 50;
    private const double LongestLife = 60;

    public override string View => "kpi_clv_simple";

    public override string Keys => "metric, currency";

    public override string Counts => "numerator, denominator, n";

    public override string Ratios => "arpa_margin_minor, monthly_churn_rate, lifetime_months";

    // Which currencies have rows depends on the orders of others.
    public override string Where => "numerator != 0";

    public override bool IsShown(IReadOnlyList<long?> counts) => counts[0] != 0;

    public override void Count(World world, KpiRows rows)
    {
        foreach (var customer in world.Customers)
        {
            foreach (var month in world.Calendar.From("month", world.First).Where(world.Calendar.IsClosed))
            {
                var isStart = customer.IsActiveAt(month.Start, world.ActiveWindow);
                var isEnd = customer.IsActiveAt(month.End, world.ActiveWindow);
                if (isStart || isEnd) Add("customers", month, isStart || isEnd ? 1 : 0, isStart ? 1 : 0, isStart && !isEnd ? 1 : 0);
            }

            foreach (var order in world.Orders.Where(order => order.Subject == customer.Id && order.At <= world.AsOf))
            {
                var refunded = order.Refunds.Where(refund => refund.At <= world.AsOf).Sum(refund => refund.Amount);
                var currency = order.Report.RevenueMinor is null ? "" : order.Report.Currency;
                Add(currency, world.Calendar.Of("month", world.Calendar.DayOf(order.At)), order.Revenue - refunded);
            }

            // What a month has goes into the six after it.
            void Add(string key, Period month, params ReadOnlySpan<long?> counts)
            {
                foreach (var period in world.Calendar.From("month", month.End).Take(Months))
                    rows.Add(key, period, customer.Slices, true, counts);
            }
        }
    }

    public override IEnumerable<KpiSum> Fold(IEnumerable<KpiSum> sums)
    {
        foreach (var slice in sums.GroupBy(sum => (sum.Period, sum.Dimension, sum.Value)))
        {
            var customers = slice.FirstOrDefault(sum => sum.Key == "customers")?.Counts ?? [0, 0, 0];
            foreach (var sum in slice.Where(sum => sum.Key is not ("customers" or "")))
                yield return sum with { Key = $"clv_simple {sum.Key}", Counts = [sum.Counts[0], customers[0], customers[2], customers[1]] };
        }
    }

    public override double? Value(IReadOnlyList<long?> counts) => counts[2] >= FewestLeft ? RatiosOf(counts)[0] * RatiosOf(counts)[2] : null;

    public override IReadOnlyList<double?> RatiosOf(IReadOnlyList<long?> counts)
    {
        var life = Divided(counts[3], counts[2]);
        return [Divided(counts[0], counts[1]), Divided(counts[2], counts[3]), life is { } months ? Math.Min(months, LongestLife) : null];
    }
}
