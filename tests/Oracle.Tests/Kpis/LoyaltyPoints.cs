using System.Globalization;
using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>Points earned, redeemed and expired in the period, what is left at its end, and the two as shares of those earned.</summary>
internal sealed class LoyaltyPoints : KpiOracle
{
    public override string View => "kpi_loyalty_points";

    public override string Keys => "metric";

    public override string Counts => "numerator, denominator";

    public override void Count(World world, KpiRows rows)
    {
        foreach (var subject in world.Subjects)
        {
            foreach (var touch in subject.Touches.Where(touch => touch.At <= world.AsOf && touch.Properties.ContainsKey("points")))
            {
                var points = Convert.ToInt64(touch.Properties["points"], CultureInfo.InvariantCulture);
                var earned = touch.Event == "Loyalty Points Earned" ? points : 0;
                var redeemed = touch.Event == "Loyalty Points Redeemed" ? points : 0;
                var expired = touch.Event == "Loyalty Points Expired" ? points : 0;
                foreach (var grain in world.Grains)
                {
                    foreach (var (index, period) in world.Calendar.From(grain, world.Calendar.DayOf(touch.At)).Index())
                    {
                        Add("loyalty_points_balance", earned - redeemed - expired, null);
                        if (index > 0) continue;
                        Add("loyalty_points_earned", earned, null);
                        Add("loyalty_points_redeemed", redeemed, null);
                        Add("loyalty_points_expired", expired, null);
                        Add("loyalty_redemption_rate", redeemed, earned);
                        Add("loyalty_breakage_rate", expired, earned);

                        void Add(string metric, long numerator, long? denominator) =>
                            rows.Add(metric, period, subject.Slices, world.Calendar.IsClosed(period), numerator, denominator);
                    }
                }
            }
        }
    }
}
