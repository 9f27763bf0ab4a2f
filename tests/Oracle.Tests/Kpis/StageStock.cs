using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>Subjects in the stage at the end of the period, in the period that holds T at T, and the moves that led there.</summary>
internal sealed class StageStock : KpiOracle
{
    public override string View => "kpi_stage_stock";

    public override string Keys => "model_id, stage_id";

    public override string Counts => "numerator, denominator, n, opening_count, entered_count, exited_count";

    public override void Count(World world, KpiRows rows)
    {
        foreach (var model in world.Models)
        {
            foreach (var subject in world.Subjects)
            {
                foreach (var stage in world.VisitsOf(subject, model).GroupBy(visit => visit.Stage))
                {
                    var stays = stage.Select(visit => (
                        In: world.Calendar.DayOf(visit.EnteredAt),
                        Out: visit.ExitedAt is { } exitedAt ? world.Calendar.DayOf(exitedAt) : DateOnly.MaxValue)).ToArray();
                    foreach (var period in world.Periods)
                    {
                        // A move at the first instant of a day is one of that day.
                        var before = stays.Count(stay => stay.In < period.Start && stay.Out >= period.Start);
                        var after = stays.Count(stay => stay.In < period.End && stay.Out >= period.End);
                        rows.Add(
                            $"{model.Id} {stage.Key}",
                            period,
                            subject.Slices,
                            world.Calendar.IsClosed(period),
                            after,
                            null,
                            after,
                            before,
                            stays.Count(stay => period.Contains(stay.In)),
                            stays.Count(stay => period.Contains(stay.Out)));
                    }
                }
            }
        }
    }
}
