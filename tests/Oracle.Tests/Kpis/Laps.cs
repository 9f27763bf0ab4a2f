using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>Laps that began in the period by number, third and later ones together, and their shares of all that began.</summary>
internal sealed class Laps : KpiOracle
{
    public override string View => "kpi_lap";

    public override string Keys => "metric, model_id, lap";

    public override string Counts => "numerator, denominator, n";

    public override string Where => "metric in ('laps', 'lap_rate')";

    /// <summary>When the laps of a subject began, the first one first.</summary>
    public static IReadOnlyList<DateTime> Begun(World world, Subject subject, Lifecycle.Models.LifecycleModel model) =>
    [
        .. world.VisitsOf(subject, model).Where(visit => visit.Ordinal > 0)
            .GroupBy(visit => visit.Lap).OrderBy(lap => lap.Key).Select(lap => lap.Min(visit => visit.EnteredAt)),
    ];

    public override void Count(World world, KpiRows rows)
    {
        foreach (var model in world.Models)
        {
            foreach (var subject in world.Subjects)
            {
                foreach (var (index, at) in Begun(world, subject, model).Index())
                {
                    foreach (var period in world.Grains.Select(grain => world.Calendar.Of(grain, world.Calendar.DayOf(at))))
                    {
                        for (var lap = 1; lap <= 3; lap++)
                        {
                            var isOne = lap == Math.Min(index + 1, 3) ? 1 : 0;
                            rows.Add($"laps {model.Id} {lap}", period, subject.Slices, world.Calendar.IsClosed(period), isOne, null, isOne);
                            rows.Add($"lap_rate {model.Id} {lap}", period, subject.Slices, world.Calendar.IsClosed(period), isOne, 1, 1);
                        }
                    }
                }
            }
        }
    }

    public override (double? Low, double? High) Interval(IReadOnlyList<long?> counts) =>
        counts[1] is { } laps ? Wilson.Of(counts[0]!.Value, laps) : (null, null);
}
