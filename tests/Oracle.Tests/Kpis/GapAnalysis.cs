using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>
/// Of the subjects in a stage at the end of the period, those who in the 30 days before were touched as an activity plans it, or
/// through a channel nobody plans; and of the planned activities those that touched anybody, also where nobody ever was. Mails
/// touch when they are sent, others when they lead to a click or visit.
/// </summary>
internal sealed class GapAnalysis : ProportionOracle
{
    private const string Stock = "(stock)";

    private static readonly TimeSpan Memory = TimeSpan.FromDays(30);

    public override string View => "kpi_gap_analysis";

    public override string Keys => "metric, model_id, stage_id, activity_id, touch_channel";

    public override string Counts => "numerator, denominator, n";

    // What is planned has rows of all subjects. Whether there are others in which nobody was touched depends on others.
    public override string Where => "numerator > 0 or dimension = 'all' and gap != 'not planned'";

    public override bool IsShown(IReadOnlyList<long?> counts) => true;

    public override void CountShared(Spending spending, KpiRows rows)
    {
        var first = spending.Costs.Min(cost => cost.Day);
        foreach (var stage in Plan.Stages)
        {
            foreach (var period in Period.Grains.SelectMany(grain => spending.Calendar.From(grain, first)))
                rows.Add($"{stage} {Stock}", period, [("all", "all")], spending.Calendar.IsClosed(period), 0);
        }
    }

    public override void Count(World world, KpiRows rows)
    {
        foreach (var model in world.Models.Where(model => Plan.Activities.Any(activity => activity.Model == model.Id)))
        {
            foreach (var subject in world.Subjects)
            {
                var touches = TouchesOf(world, subject);
                foreach (var stage in world.VisitsOf(subject, model).GroupBy(visit => visit.Stage))
                {
                    var stays = stage.Select(visit => (visit.EnteredAt, visit.ExitedAt)).ToArray();
                    AddStays(world, rows, $"{model.Id} {stage.Key} {Stock}", subject, stays);
                    foreach (var (kind, spans) in touches)
                    {
                        var touched = stays.SelectMany(stay => spans.Select(span => Both(stay, span))).Where(both => both is not null).Select(both => both!.Value);
                        AddStays(world, rows, $"{model.Id} {stage.Key} {kind}", subject, [.. touched]);
                    }
                }
            }
        }
    }

    public override IEnumerable<KpiSum> Fold(IEnumerable<KpiSum> sums) =>
        Compared(sums).Where(row => row.Counts[0] > 0 || row.Dimension == "all");

    private static IEnumerable<KpiSum> Compared(IEnumerable<KpiSum> sums)
    {
        foreach (var stage in sums.GroupBy(sum => (Id: string.Join(' ', sum.Key.Split(' ')[..2]), sum.Period, sum.Dimension, sum.Value)))
        {
            var there = stage.ToDictionary(sum => sum.Key.Split(' ')[2], sum => sum.Counts[0]!.Value);
            var planned = Plan.Activities.Where(activity => $"{activity.Model} {activity.Stage}" == stage.Key.Id).ToArray();
            foreach (var activity in planned)
                yield return Row("activity_reach", activity.Id, activity.Channel, there.GetValueOrDefault($"{activity.Channel}/{activity.Campaign}"), there[Stock]);

            foreach (var (kind, count) in there.Where(kind => kind.Key.EndsWith('/') && planned.All(activity => $"{activity.Channel}/" != kind.Key)))
                yield return Row("activity_reach", "", kind[..^1], count, there[Stock]);

            var seen = planned.Count(activity => there.GetValueOrDefault($"{activity.Channel}/{activity.Campaign}") > 0);
            yield return Row("activity_coverage", "", "", seen, planned.Length);

            KpiSum Row(string metric, string activity, string channel, long numerator, long denominator) => stage.First() with
            {
                Key = $"{metric} {stage.Key.Id} {activity} {channel}",
                Counts = [numerator, denominator, denominator],
            };
        }
    }

    // By channel, and by channel and campaign, the times of which it is remembered that there was a touch.
    private static Dictionary<string, (DateTime From, DateTime? To)[]> TouchesOf(World world, Subject subject) => Touchpoints.Of(subject)
        .Concat(subject.Touches.Where(touch => touch.Event == "Email Sent"))
        .Where(touch => touch.At <= world.AsOf && ReferenceLifecycle.ChannelOf(touch) != "direct")
        .SelectMany(touch => new[] { "", touch.Campaign }.Distinct().Select(campaign => (Kind: $"{ReferenceLifecycle.ChannelOf(touch)}/{campaign}", touch.At)))
        .GroupBy(touch => touch.Kind, touch => touch.At)
        .ToDictionary(kind => kind.Key, kind => Spans([.. kind.Order()]));

    private static (DateTime From, DateTime? To)[] Spans(DateTime[] at)
    {
        var spans = new List<(DateTime From, DateTime? To)>();
        foreach (var instant in at)
        {
            if (spans.Count > 0 && instant <= spans[^1].To) spans[^1] = (spans[^1].From, instant + Memory);
            else spans.Add((instant, instant + Memory));
        }

        return [.. spans];
    }

    private static (DateTime From, DateTime? To)? Both((DateTime From, DateTime? To) stay, (DateTime From, DateTime? To) span)
    {
        var from = stay.From > span.From ? stay.From : span.From;
        var to = stay.To is null || span.To < stay.To ? span.To : stay.To;
        return from < to ? (from, to) : null;
    }

    // A move counts on its local day, once it has happened.
    private static void AddStays(World world, KpiRows rows, string key, Subject subject, (DateTime From, DateTime? To)[] stays)
    {
        foreach (var period in world.Periods)
        {
            var count = stays.Count(stay => IsBefore(stay.From, period)) - stays.Count(stay => stay.To is { } to && IsBefore(to, period));
            if (count > 0) rows.Add(key, period, subject.Slices, world.Calendar.IsClosed(period), count);
        }

        bool IsBefore(DateTime at, Period period) => at <= world.AsOf && world.Calendar.DayOf(at) < period.End;
    }
}
