using LifecycleMetrics.Lifecycle.Models;
using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>
/// Campaigns that are planned for the lapsed, or to which, over all time, more returns of lapsed customers are credited by last
/// touch than first entries of new ones.
/// </summary>
internal static class WinBack
{
    private const string Balance = "win_back";

    /// <summary>Adds to the balance of campaigns what the customers of a history say.</summary>
    public static void Count(World world, KpiRows rows)
    {
        // The balance is over all time; the year stands for it as any period would.
        var period = world.Calendar.Of("year", world.Calendar.Today);
        foreach (var customer in world.Customers)
        {
            foreach (var visit in world.VisitsOf(customer, world.Models[0]).Where(visit => visit.Direction is "first" or "re-enter"))
            {
                var led = Attribution.Before(world, customer, visit.EnteredAt, world.Models[0]);
                if (led.Length == 0 || led[^1].Campaign.Length == 0) continue;
                rows.Add(Balance, period, [("campaign", led[^1].Campaign)], false, visit.Direction == "first" ? -1 : 1);
            }
        }
    }

    /// <summary>The campaigns that win back rather than win.</summary>
    public static IReadOnlySet<string> Campaigns(IEnumerable<KpiSum> sums) =>
        sums.Where(sum => sum.Key == Balance && sum.Counts[0] > 0).Select(sum => sum.Value)
            .Concat(Plan.Activities.Where(activity => activity.Stage == Phase.Lapsed && activity.Campaign is not null).Select(activity => activity.Campaign!))
            .ToHashSet();
}
