using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>
/// D = subjects whose first visit to A began in the period and at least the window before T; N = those who came to B or
/// later after it, within the window and in the same lap. Who is younger is in neither, but in maturing_n.
/// </summary>
internal sealed class StageConversion : ProportionOracle
{
    public override string View => "kpi_stage_conversion";

    public override string Keys => "model_id, from_stage, to_stage, window_days";

    public override string Counts => "numerator, denominator, n, maturing_n";

    public override void Count(World world, KpiRows rows)
    {
        foreach (var model in world.Models)
        {
            foreach (var (from, to) in model.Stages.Zip(model.Stages.Skip(1)))
            {
                foreach (var subject in world.Subjects)
                {
                    var life = world.VisitsOf(subject, model).ToArray();
                    var first = Array.FindIndex(life, visit => visit.Stage == from.Id);
                    if (first < 0) continue;

                    var entered = life[first].EnteredAt;
                    var isOld = entered + to.ConvertWithin <= world.AsOf;
                    var reached = life.Skip(first + 1).Any(visit =>
                        visit.Ordinal >= to.Ordinal && visit.Lap == life[first].Lap && visit.EnteredAt <= entered + to.ConvertWithin);
                    foreach (var grain in world.Grains)
                    {
                        var period = world.Calendar.Of(grain, world.Calendar.DayOf(entered));
                        rows.Add(
                            $"{model.Id} {from.Id} {to.Id} {to.ConvertWithin.Days}",
                            period,
                            subject.Slices,
                            world.Calendar.InstantOf(period.End) + to.ConvertWithin <= world.AsOf,
                            isOld && reached ? 1 : 0,
                            isOld ? 1 : 0,
                            isOld ? 1 : 0,
                            isOld ? 0 : 1);
                    }
                }
            }
        }
    }
}
