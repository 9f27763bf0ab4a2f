using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>Visits to a stage that began by going back, after a lapse or past other stages, and their shares of all that began.</summary>
internal sealed class StageMovement : KpiOracle
{
    private static readonly (string Direction, string Count, string Rate)[] Moves =
        [("back", "regressions", "regression_rate"), ("re-enter", "re_entries", "re_entry_rate"), ("skip", "skips", "skip_rate")];

    public override string View => "kpi_stage_movement";

    public override string Keys => "metric, model_id, stage_id";

    public override string Counts => "numerator, denominator";

    public override string Where => "metric in ('regressions', 'regression_rate', 're_entries', 're_entry_rate', 'skips', 'skip_rate') and stage_id != 'lapsed'";

    public override void Count(World world, KpiRows rows)
    {
        foreach (var model in world.Models)
        {
            foreach (var subject in world.Subjects)
            {
                foreach (var visit in world.VisitsOf(subject, model).Where(visit => visit.Ordinal > 0))
                {
                    foreach (var grain in world.Grains)
                    {
                        var period = world.Calendar.Of(grain, world.Calendar.DayOf(visit.EnteredAt));
                        foreach (var (direction, count, rate) in Moves)
                        {
                            var isOne = visit.Direction == direction ? 1 : 0;
                            rows.Add($"{count} {model.Id} {visit.Stage}", period, subject.Slices, world.Calendar.IsClosed(period), isOne, null);
                            rows.Add($"{rate} {model.Id} {visit.Stage}", period, subject.Slices, world.Calendar.IsClosed(period), isOne, 1);
                        }
                    }
                }
            }
        }
    }

    public override (double? Low, double? High) Interval(IReadOnlyList<long?> counts) =>
        counts[1] is { } visits ? Wilson.Of(counts[0]!.Value, visits) : (null, null);
}
