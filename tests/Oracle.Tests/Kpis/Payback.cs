using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>
/// After how many calendar months the customers whose first order lies in a month have brought in, net of refunds and direct
/// cost, what that month cost without win-back campaigns; by channel and campaign of their first touch.
/// </summary>
internal sealed class Payback : KpiOracle
{
    public override string View => "kpi_payback";

    public override string Keys => "metric, currency";

    public override string Counts => "numerator, denominator, n, toInt64(is_multi_currency)";

    public override string Ratios => "cac_minor, margin_per_customer_minor";

    public override bool IsShown(IReadOnlyList<long?> counts) => counts.Take(3).Any(count => count != 0);

    public override void Count(World world, KpiRows rows)
    {
        WinBack.Count(world, rows);
        foreach (var customer in world.Customers)
        {
            var orders = world.Orders.Where(order => order.IsOrder && order.Subject == customer.Id && order.At <= world.AsOf)
                .OrderBy(order => order.At).ThenBy(order => order.OrderId, StringComparer.Ordinal).ToArray();
            if (orders.Length == 0) continue;
            var cohort = world.Calendar.Of("month", world.Calendar.DayOf(orders[0].At));
            foreach (var (index, order) in orders.Index())
            {
                var day = world.Calendar.DayOf(order.At);
                var month = ((day.Year - cohort.Start.Year) * 12) + day.Month - cohort.Start.Month;
                var margin = order.Revenue - order.Refunds.Where(refund => refund.At <= world.AsOf).Sum(refund => refund.Amount) - (order.Report.CostMinor ?? 0);
                var currency = order.Report.RevenueMinor is null ? "" : order.Report.Currency;
                rows.Add($"month {currency} {month}", cohort, customer.Slices, false, margin, order.Revenue, index == 0 ? 1 : 0);
            }
        }
    }

    public override void CountShared(Spending spending, KpiRows rows)
    {
        foreach (var cost in spending.Costs)
            rows.Add($"cost {cost.Currency} {cost.Campaign}", spending.Calendar.Of("month", cost.Day), Spending.SlicesOf(cost), false, cost.Minor);

        // Which months are over is the same for all cohorts.
        rows.Add("today", new Period("month", spending.Calendar.Today, spending.Calendar.Today), [("all", "all")], false, 0);
    }

    public override IEnumerable<KpiSum> Fold(IEnumerable<KpiSum> sums)
    {
        var all = sums.Where(sum => Spending.IsOfCosts(sum.Dimension)).ToArray();
        var winBack = WinBack.Campaigns(all);
        var today = all.FirstOrDefault(sum => sum.Key == "today")?.Period.Start;
        foreach (var slice in all.GroupBy(sum => (sum.Period, sum.Dimension, sum.Value)))
        {
            var cohorts = slice.Select(sum => (Words: sum.Key.Split(' '), sum.Counts))
                .Where(part => part.Words[0] == "month" || (part.Words[0] == "cost" && !winBack.Contains(string.Join(' ', part.Words[2..]))))
                .ToLookup(part => part.Words[1])
                .Select(parts => (
                    Currency: parts.Key,
                    Cost: parts.Where(part => part.Words[0] == "cost").Sum(part => part.Counts[0]!.Value),
                    Months: parts.Where(part => part.Words[0] == "month")
                        .Select(part => (No: int.Parse(part.Words[2], null), Margin: part.Counts[0]!.Value, Revenue: part.Counts[1]!.Value, Customers: part.Counts[2]!.Value))
                        .OrderBy(month => month.No).ToArray()))
                .ToArray();
            var used = cohorts.Count(cohort => cohort.Cost != 0 || cohort.Months.Any(month => month.Revenue != 0));
            foreach (var (currency, cost, months) in cohorts)
            {
                var customers = months.Sum(month => month.Customers);
                var paid = cost > 0 && customers > 0 && used <= 1 ? PaidAfter(cost, [.. months.Select(month => (month.No, month.Margin))]) : null;
                var isOver = paid is { } after && slice.Key.Period.Start.AddMonths(after + 1) <= today;
                yield return slice.First() with
                {
                    Key = $"payback_months {currency}",
                    Counts = [months.Sum(month => month.Margin), cost, customers, used > 1 ? 1 : 0, paid],
                    IsMature = isOver,
                };
            }
        }
    }

    public override double? Value(IReadOnlyList<long?> counts) => counts[4];

    public override IReadOnlyList<double?> RatiosOf(IReadOnlyList<long?> counts) =>
        [counts[3] > 0 ? null : Divided(counts[1], counts[2]), Divided(counts[0], counts[2])];

    private static int? PaidAfter(long cost, (int No, long Margin)[] months)
    {
        var margin = 0L;
        foreach (var month in months)
        {
            margin += month.Margin;
            if (margin >= cost) return month.No;
        }

        return null;
    }
}
