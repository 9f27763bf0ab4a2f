using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>Distinct subjects with at least one visit to the stage that began in the period, and those visits.</summary>
internal sealed class StageEntries : KpiOracle
{
    public override string View => "kpi_stage_entries";

    public override string Keys => "model_id, stage_id";

    public override string Counts => "numerator, denominator, n, visit_count";

    public override void Count(World world, KpiRows rows)
    {
        foreach (var model in world.Models)
        {
            foreach (var subject in world.Subjects)
            {
                foreach (var stage in world.VisitsOf(subject, model).GroupBy(visit => visit.Stage))
                {
                    foreach (var period in world.Periods)
                    {
                        var visits = stage.Count(visit => period.Contains(world.Calendar.DayOf(visit.EnteredAt)));
                        if (visits > 0) rows.Add($"{model.Id} {stage.Key}", period, subject.Slices, world.Calendar.IsClosed(period), 1, null, 1, visits);
                    }
                }
            }
        }
    }
}
