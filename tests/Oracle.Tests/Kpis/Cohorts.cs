using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>KPIs of those who began in a period, which also have a row of all who began up to its end.</summary>
internal static class Cohorts
{
    /// <summary>Adds to the period somebody began in, and to this one and all later ones of the metric to date.</summary>
    public static void Add(
        World world,
        KpiRows rows,
        (string Metric, string Keys) key,
        Slices slices,
        DateTime began,
        TimeSpan window,
        params ReadOnlySpan<long?> counts)
    {
        foreach (var grain in world.Grains)
        {
            foreach (var (index, period) in world.Calendar.From(grain, world.Calendar.DayOf(began)).Index())
            {
                var isMature = world.Calendar.InstantOf(period.End) + window <= world.AsOf;
                if (index == 0) rows.Add(key.Metric + key.Keys, period, slices, isMature, counts);
                rows.Add(key.Metric + "_to_date" + key.Keys, period, slices, isMature, counts);
            }
        }
    }
}
