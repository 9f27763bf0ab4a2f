using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>Of the latest answers of each subject in the period, on the scale 1 to 5, those of 4 or 5.</summary>
internal sealed class Satisfaction : ProportionOracle
{
    public override string View => "kpi_survey";

    public override string Keys => "metric, survey";

    public override string Counts => "numerator, denominator, n";

    public override string Where => "metric = 'csat'";

    public override void Count(World world, KpiRows rows)
    {
        foreach (var subject in world.Subjects)
        {
            foreach (var period in world.Periods)
            {
                var latest = subject.Touches.LastOrDefault(touch =>
                    SurveyResponse.IsAnswer(touch) && touch.Survey == "csat"
                    && touch.At <= world.AsOf
                    && period.Contains(world.Calendar.DayOf(touch.At)));
                if (latest?.Score is not { } score) continue;
                foreach (var survey in new[] { "csat", "(all)" })
                    rows.Add($"csat {survey}", period, subject.Slices, world.Calendar.IsClosed(period), score >= 4 ? 1 : 0, 1, 1);
            }
        }
    }
}
