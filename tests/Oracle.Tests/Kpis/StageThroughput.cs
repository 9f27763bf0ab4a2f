using LifecycleMetrics.Lifecycle.Tests.Support;
using LifecycleMetrics.Lifecycle.Models;
using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>Moves from a stage straight into another in the period, and the subjects in the first at its start.</summary>
internal sealed class StageThroughput : KpiOracle
{
    public override string View => "kpi_stage_throughput";

    public override string Keys => "model_id, from_stage, to_stage, direction";

    public override string Counts => "numerator, denominator, n";

    // Which other pairs have rows depends on the moves of others.
    public override string Where => "numerator > 0 and from_stage != ''";

    public override bool IsShown(IReadOnlyList<long?> counts) => counts[0] > 0;

    public override void Count(World world, KpiRows rows)
    {
        foreach (var model in world.Models)
        {
            foreach (var (from, to, direction) in Moves(model))
            {
                foreach (var subject in world.Subjects)
                {
                    Visit[] life = [.. world.VisitsOf(subject, model)];
                    if (!life.Any(visit => visit.Stage == from)) continue;
                    foreach (var period in world.Periods)
                    {
                        var moved = life.Count(visit =>
                            (visit.Previous, visit.Stage, visit.Direction) == (from, to, direction)
                            && period.Contains(world.Calendar.DayOf(visit.EnteredAt)));
                        var there = life.Count(visit =>
                            visit.Stage == from
                            && world.Calendar.DayOf(visit.EnteredAt) < period.Start
                            && !(visit.ExitedAt is { } exitedAt && world.Calendar.DayOf(exitedAt) < period.Start));
                        if (moved + there == 0) continue;
                        rows.Add($"{model.Id} {from} {to} {direction}", period, subject.Slices, world.Calendar.IsClosed(period), moved, there, there);
                    }
                }
            }
        }
    }

    // All moves there can be; who is in the first stage counts for each of them.
    private static IEnumerable<(string From, string To, string Direction)> Moves(LifecycleModel model)
    {
        foreach (var from in model.Stages)
        {
            yield return (from.Id, Phase.Lapsed, "lapse");
            yield return (Phase.Lapsed, from.Id, "re-enter");
            foreach (var to in model.Stages.Where(to => to != from))
                yield return (from.Id, to.Id, to.Ordinal < from.Ordinal ? "back" : to.Ordinal == from.Ordinal + 1 ? "forward" : "skip");
        }
    }
}
