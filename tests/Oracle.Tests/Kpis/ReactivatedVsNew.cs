using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>
/// Of the customers who began or came back after a silence longer than the window of activity, those active k calendar months
/// later, and what they spent up to the end of that month; each until the next such silence. A refund whose order is
/// unknown counts on its own date. Starts whose k-th month is not over are maturing.
/// </summary>
internal sealed class ReactivatedVsNew : KpiOracle
{
    // What is spent in a currency is divided by all who began, so these need to be known.
    private static readonly string[] Currencies = ["EUR", "JPY", "USD"];

    public override string View => "kpi_reactivated_vs_new";

    public override string Keys => "metric, cohort_type, currency, months_since";

    public override string Counts => "numerator, denominator, n, maturing_n, if(currency = '', 1, null)";

    // Which currencies have rows depends on the orders of others.
    public override string Where => "currency = '' or numerator != 0";

    public override void Count(World world, KpiRows rows)
    {
        foreach (var customer in world.Customers)
        {
            var starts = customer.ActiveDays
                .Where((day, i) => i == 0 || day.DayNumber - customer.ActiveDays[i - 1].DayNumber > world.ActiveWindow).ToArray();
            foreach (var (number, start) in starts.Index())
            {
                var next = number + 1 < starts.Length ? starts[number + 1] : DateOnly.MaxValue;
                var type = number == 0 ? "new" : "reactivated";
                foreach (var grain in world.Grains.Where(grain => grain is "month" or "quarter" or "year"))
                    Count(world, rows, customer, world.Calendar.Of(grain, start), type, start, next);
            }
        }
    }

    // The months that the oldest start of the period has seen.
    public override IEnumerable<KpiSum> Fold(IEnumerable<KpiSum> sums) => sums
        .Where(sum => sum.Counts[5] > 0 && (sum.Counts[4] is not null || sum.Counts[0] != 0))
        .Select(sum => sum with { Counts = [.. sum.Counts[..4], sum.Counts[4] is null ? null : 1] });

    public override bool IsMature(bool isOld, IReadOnlyList<long?> counts) => isOld && counts[3] == 0;

    public override (double? Low, double? High) Interval(IReadOnlyList<long?> counts) =>
        counts[4] is null ? (null, null) : Wilson.Of(counts[0]!.Value, counts[1]!.Value);

    private static void Count(World world, KpiRows rows, Subject customer, Period period, string type, DateOnly start, DateOnly next)
    {
        var own = world.Orders
            .Where(order => order.Subject == customer.Id && order.At <= world.AsOf)
            .Select(order => (
                Day: world.Calendar.DayOf(order.At),
                Currency: order.Report.RevenueMinor is null ? "" : order.Report.Currency,
                Net: order.Revenue - order.Refunds.Where(refund => refund.At <= world.AsOf).Sum(refund => refund.Amount)))
            .Where(order => order.Day >= start && order.Day < next).ToArray();
        var isClosed = world.Calendar.IsClosed(period);

        // Longer periods may have earlier starts, so months that this start has not seen count as well.
        for (var k = 0; new DateOnly(period.Start.Year, period.Start.Month, 1).AddMonths(k) <= world.Calendar.Today; k++)
        {
            var month = world.Calendar.Of("month", new DateOnly(start.Year, start.Month, 1).AddMonths(k));
            var isOver = month.End <= world.Calendar.Today;
            var isSeen = month.Start <= world.Calendar.Today ? 1 : 0;
            var isActive = customer.ActiveDays.Any(day => day >= start && day < next && month.Contains(day));
            Add("retention_since_start", "", isActive ? 1 : 0, 1);
            foreach (var currency in Currencies)
                Add("value_since_start", currency, own.Where(order => order.Currency == currency && order.Day < month.End).Sum(order => order.Net), null);

            void Add(string metric, string currency, long amount, long? isShare)
            {
                var isOld = isOver ? 1 : 0;
                rows.Add($"{metric} {type} {currency} {k}", period, customer.Slices, isClosed, isOver ? amount : 0, isOld, isOld, 1 - isOld, isShare, isSeen);
            }
        }
    }
}
