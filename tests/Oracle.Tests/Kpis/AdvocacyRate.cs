using LifecycleMetrics.Lifecycle.Tests.Support;
using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>
/// Of the customers active in the period, those who in it were in a stage of the advocate phase at some time, sent a referral,
/// gave a good review or promoted in an NPS survey.
/// </summary>
internal sealed class AdvocacyRate : ProportionOracle
{
    public override string View => "kpi_advocacy";

    public override string Keys => "metric, window_days";

    public override string Counts => "numerator, denominator, n";

    public override string Where => "metric = 'advocacy_rate'";

    public override void Count(World world, KpiRows rows)
    {
        var stages = world.Models[0].Stages.Where(stage => stage.Phase == "advocate").Select(stage => stage.Id).ToHashSet();
        foreach (var customer in world.Customers)
        {
            var visits = world.VisitsOf(customer, world.Models[0]).Where(visit => stages.Contains(visit.Stage)).ToArray();
            var deeds = customer.Touches.Where(touch => touch.At <= world.AsOf && Speaks(touch)).Select(touch => world.Calendar.DayOf(touch.At)).ToArray();
            foreach (var period in world.Periods.Where(period => customer.ActiveDays.Any(period.Contains)))
            {
                var isAdvocate = deeds.Any(period.Contains) || visits.Any(visit => IsIn(world, visit, period));
                rows.Add("advocacy_rate 0", period, customer.Slices, world.Calendar.IsClosed(period), isAdvocate ? 1 : 0, 1, 1);
            }
        }
    }

    // A visit that ends as the period begins is over by then.
    private static bool IsIn(World world, Visit visit, Period period)
    {
        var (from, to) = (world.Calendar.InstantOf(period.Start), world.Calendar.InstantOf(period.End));
        return visit.EnteredAt < to && (visit.EnteredAt >= from || !(visit.ExitedAt <= from));
    }

    private static bool Speaks(Touch touch) => touch.Event switch
    {
        "Referral Sent" => true,
        "Review Submitted" => !touch.Properties.TryGetValue("rating", out var stars) || Convert.ToInt64(stars, null) >= 4,
        "Survey Answered" => touch.Survey.Contains("nps", StringComparison.OrdinalIgnoreCase) && touch.Score is 9 or 10,
        _ => false,
    };
}
