using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>
/// D = that of conversion out of the stage, in the last stage those who came at least its lapse window before T; N = those of D
/// whose first visit ended with a lapse. The row is mature once no first visit of the period is open.
/// </summary>
internal sealed class StageDropOff : ProportionOracle
{
    public override string View => "kpi_stage_drop_off";

    public override string Keys => "model_id, stage_id, window_days";

    public override string Counts => "numerator, denominator, n, open_n";

    public override bool IsMature(bool isOld, IReadOnlyList<long?> counts) => isOld && counts[3] == 0;

    public override void Count(World world, KpiRows rows)
    {
        foreach (var model in world.Models)
        {
            foreach (var stage in model.Stages)
            {
                var window = stage.Ordinal < model.Stages.Count ? model.Stages[stage.Ordinal].ConvertWithin : stage.LapseAfter;
                foreach (var subject in world.Subjects)
                {
                    var life = world.VisitsOf(subject, model).ToArray();
                    var first = Array.FindIndex(life, visit => visit.Stage == stage.Id);
                    if (first < 0) continue;

                    var isOld = life[first].EnteredAt + window <= world.AsOf;
                    var isDropped = isOld && first + 1 < life.Length && life[first + 1].Ordinal == 0;
                    foreach (var grain in world.Grains)
                    {
                        var period = world.Calendar.Of(grain, world.Calendar.DayOf(life[first].EnteredAt));
                        rows.Add(
                            $"{model.Id} {stage.Id} {window.Days}",
                            period,
                            subject.Slices,
                            world.Calendar.InstantOf(period.End) + window <= world.AsOf,
                            isDropped ? 1 : 0,
                            isOld ? 1 : 0,
                            isOld ? 1 : 0,
                            life[first].ExitedAt is null ? 1 : 0);
                    }
                }
            }
        }
    }
}
