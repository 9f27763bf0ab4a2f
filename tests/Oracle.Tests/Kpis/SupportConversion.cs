using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>
/// Of the prospects whose first case was opened in the period, those who became customers within the window; beside it those
/// first seen in the period who opened no case as prospects within the window.
/// </summary>
internal sealed class SupportConversion : ProportionOracle
{
    public override string View => "kpi_support";

    public override string Keys => "metric";

    public override string Counts => "numerator, denominator, n, maturing_n";

    public override string Where => "metric in ('support_assisted_conversion', 'support_unassisted_conversion')";

    public override void Count(World world, KpiRows rows)
    {
        var window = Prospects.Window(world);
        foreach (var customer in world.Customers)
        {
            var customerAt = Prospects.CustomerAt(world, customer);
            var cases = customer.Touches.Where(touch => touch.Event == "Support Case Opened" && touch.At < customerAt && touch.At <= world.AsOf)
                .Select(touch => touch.At).ToArray();
            if (cases.Length > 0) Add("support_assisted_conversion", cases[0]);
            var seenAt = customer.Touches[0].At;
            if (seenAt < customerAt && seenAt <= world.AsOf && !cases.Any(at => at <= seenAt + window)) Add("support_unassisted_conversion", seenAt);

            void Add(string metric, DateTime at)
            {
                var isOld = at + window <= world.AsOf ? 1 : 0;
                var isWon = customerAt <= at + window ? 1 : 0;
                foreach (var period in world.Grains.Select(grain => world.Calendar.Of(grain, world.Calendar.DayOf(at))))
                {
                    rows.Add(
                        metric,
                        period,
                        customer.Slices,
                        world.Calendar.InstantOf(period.End) + window <= world.AsOf,
                        isOld * isWon,
                        isOld,
                        isOld,
                        1 - isOld);
                }
            }
        }
    }
}
