using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>Of the requests for help that began in the period, those without a case within 24 hours; what follows in these is the same request.</summary>
internal sealed class CaseDeflection : ProportionOracle
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(24);

    public override string View => "kpi_support";

    public override string Keys => "metric";

    public override string Counts => "numerator, denominator, n, maturing_n";

    public override string Where => "metric = 'case_deflection_rate'";

    public override void Count(World world, KpiRows rows)
    {
        foreach (var subject in world.Subjects)
        {
            var request = DateTime.MinValue;
            foreach (var touch in subject.Touches.Where(touch => touch.Event is "Help Article Viewed" or "Support Case Deflected" && touch.At <= world.AsOf))
            {
                if (request > DateTime.MinValue && touch.At <= request + Window) continue;
                request = touch.At;
                var isOld = request + Window <= world.AsOf ? 1 : 0;
                var isEnough = subject.Touches.Any(other =>
                    other.Event == "Support Case Opened" && other.At >= request && other.At <= request + Window) ? 0 : 1;
                foreach (var period in world.Grains.Select(grain => world.Calendar.Of(grain, world.Calendar.DayOf(request))))
                {
                    rows.Add(
                        "case_deflection_rate",
                        period,
                        subject.Slices,
                        world.Calendar.InstantOf(period.End) + Window <= world.AsOf,
                        isOld * isEnough,
                        isOld,
                        isOld,
                        1 - isOld);
                }
            }
        }
    }
}
