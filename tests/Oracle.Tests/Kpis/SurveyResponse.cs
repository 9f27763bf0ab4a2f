using LifecycleMetrics.Lifecycle.Tests.Support;
using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>Of the surveys sent in the period and 30 days old, those answered within these and before the survey was sent again.</summary>
internal sealed class SurveyResponse : ProportionOracle
{
    private static readonly TimeSpan Window = TimeSpan.FromDays(30);

    public override string View => "kpi_survey";

    public override string Keys => "metric, survey";

    public override string Counts => "numerator, denominator, n, maturing_n";

    public override string Where => "metric = 'survey_response_rate'";

    /// <summary>Scores off the scale are no answers.</summary>
    public static bool IsAnswer(Touch touch) =>
        touch is { Event: "Survey Answered", Survey: "nps", Score: >= 0 and <= 10 } or { Event: "Survey Answered", Survey: "csat", Score: >= 1 and <= 5 };

    public override void Count(World world, KpiRows rows)
    {
        foreach (var subject in world.Subjects)
        {
            foreach (var survey in subject.Touches.Where(touch => touch.Event == "Survey Sent" && touch.At <= world.AsOf).GroupBy(touch => touch.Survey))
            {
                // Sent twice at one instant is sent once.
                DateTime[] sent = [.. survey.Select(touch => touch.At).Distinct()];
                foreach (var (index, at) in sent.Index())
                {
                    var again = index + 1 < sent.Length ? sent[index + 1] : DateTime.MaxValue;
                    var isOld = at + Window <= world.AsOf ? 1 : 0;
                    var isAnswered = subject.Touches.Any(touch =>
                        IsAnswer(touch) && touch.Survey == survey.Key && touch.At >= at && touch.At <= at + Window && touch.At < again) ? 1 : 0;
                    foreach (var period in world.Grains.Select(grain => world.Calendar.Of(grain, world.Calendar.DayOf(at))))
                    {
                        var isMature = world.Calendar.InstantOf(period.End) + Window <= world.AsOf;
                        foreach (var name in new[] { survey.Key, "(all)" })
                            rows.Add($"survey_response_rate {name}", period, subject.Slices, isMature, isOld * isAnswered, isOld, isOld, 1 - isOld);
                    }
                }
            }
        }
    }
}
