using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>
/// Promoters (9, 10) minus detractors (0 to 6) of the latest answers of each subject in the period, in points, with the
/// interval of Bonett and Price (2012).
/// </summary>
internal sealed class NetPromoterScore : KpiOracle
{
    private const double Z = 1.959963984540054;

    public override string View => "kpi_survey";

    public override string Keys => "metric, survey";

    public override string Counts => "numerator, denominator, n, promoter_count, detractor_count";

    public override string Where => "metric = 'nps'";

    public override void Count(World world, KpiRows rows)
    {
        foreach (var subject in world.Subjects)
        {
            foreach (var period in world.Periods)
            {
                var latest = subject.Touches.LastOrDefault(touch =>
                    SurveyResponse.IsAnswer(touch) && touch.Survey == "nps"
                    && touch.At <= world.AsOf
                    && period.Contains(world.Calendar.DayOf(touch.At)));
                if (latest?.Score is not { } score) continue;
                var promotes = score >= 9 ? 1 : 0;
                var detracts = score <= 6 ? 1 : 0;
                foreach (var survey in new[] { "nps", "(all)" })
                    rows.Add($"nps {survey}", period, subject.Slices, world.Calendar.IsClosed(period), promotes - detracts, 1, 1, promotes, detracts);
            }
        }
    }

    public override double? Value(IReadOnlyList<long?> counts) => 100 * base.Value(counts);

    public override (double? Low, double? High) Interval(IReadOnlyList<long?> counts)
    {
        var n = counts[1]!.Value + 2d;
        var (promoters, detractors) = ((counts[3]!.Value + 1) / n, (counts[4]!.Value + 1) / n);
        var difference = promoters - detractors;
        var half = Z * Math.Sqrt((promoters + detractors - (difference * difference)) / n);
        return (100 * Math.Max(-1, difference - half), 100 * Math.Min(1, difference + half));
    }
}
