using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>
/// Cases of a subject by their id: how many were opened in the period, how many were open at its end, and how long those first
/// resolved in it had waited, on average and by nearest rank in begun hours.
/// </summary>
internal sealed class SupportCases : KpiOracle
{
    public override string View => "kpi_support";

    public override string Keys => "metric";

    // Seconds of a mean are shown as hours.
    public override string Counts => "numerator, denominator, n, if(metric = 'resolution_time', 3600, 1)";

    public override string Where => "metric in ('support_cases', 'open_cases', 'resolution_time', 'resolution_time_p50', 'resolution_time_p90')";

    public override bool IsShown(IReadOnlyList<long?> counts) => counts[0] != 0 || counts[2] != 0;

    public override void Count(World world, KpiRows rows)
    {
        foreach (var subject in world.Subjects)
        {
            var own = subject.Touches.Where(touch => touch.At <= world.AsOf && touch.Properties.ContainsKey("case_id"))
                .ToLookup(touch => touch.Properties["case_id"]);
            foreach (var events in own.Where(events => events.Any(touch => touch.Event == "Support Case Opened")))
            {
                var openedAt = events.First(touch => touch.Event == "Support Case Opened").At;
                DateTime? resolvedAt = events.FirstOrDefault(touch => touch.Event == "Support Case Resolved" && touch.At >= openedAt)?.At;
                var opened = world.Calendar.DayOf(openedAt);
                var resolved = resolvedAt is { } at ? world.Calendar.DayOf(at) : DateOnly.MaxValue;
                foreach (var period in world.Periods.Where(period => period.End > opened))
                {
                    var isClosed = world.Calendar.IsClosed(period);
                    if (period.Contains(opened)) rows.Add("support_cases", period, subject.Slices, isClosed, 1, null, 1, 1);
                    if (resolved >= period.End) rows.Add("open_cases", period, subject.Slices, isClosed, 1, null, 1, 1);
                    if (!period.Contains(resolved)) continue;
                    var wait = resolvedAt!.Value - openedAt;
                    rows.Add("resolution_time", period, subject.Slices, isClosed, (long)wait.TotalSeconds, 1, 1, 0);

                    // By length; see below.
                    rows.Add($"hours {(long)Math.Ceiling(wait.TotalHours)}", period, subject.Slices, isClosed, 1);
                }
            }
        }
    }

    public override IEnumerable<KpiSum> Fold(IEnumerable<KpiSum> sums)
    {
        foreach (var row in sums.GroupBy(sum => (Kind: sum.Key.Split(' ')[0], sum.Period, sum.Dimension, sum.Value)))
        {
            var first = row.First();
            if (row.Key.Kind != "hours")
            {
                yield return first with { Counts = [.. first.Counts[..3], row.Key.Kind == "resolution_time" ? 3600 : 1] };
                continue;
            }

            var waits = row.Select(sum => (Hours: long.Parse(sum.Key.AsSpan(6), null), Cases: sum.Counts[0]!.Value)).OrderBy(wait => wait.Hours).ToArray();
            var cases = waits.Sum(wait => wait.Cases);
            yield return first with { Key = "resolution_time_p50", Counts = [Rank(waits, (cases + 1) / 2), null, cases, 1] };
            yield return first with { Key = "resolution_time_p90", Counts = [Rank(waits, ((9 * cases) + 9) / 10), null, cases, 1] };
        }
    }

    public override double? Value(IReadOnlyList<long?> counts) => base.Value(counts) / counts[3];

    private static long Rank((long Hours, long Cases)[] waits, long rank)
    {
        foreach (var (hours, cases) in waits)
        {
            rank -= cases;
            if (rank <= 0) return hours;
        }

        throw new InvalidOperationException("No case has that rank.");
    }
}
