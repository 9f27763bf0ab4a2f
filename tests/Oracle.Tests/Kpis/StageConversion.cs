using LifecycleMetrics.Lifecycle.Models;
using LifecycleMetrics.Lifecycle.Tests.Support;
using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>
/// D = subjects whose first visit to A began in the period and at least the window before T; N = those who came to B or
/// later after it, within the window and in the same lap. Who is younger is in neither, but in maturing_n. The variant of
/// every visit counts all visits to A; strict is who came to B itself.
/// </summary>
internal sealed class StageConversion : ProportionOracle
{
    public override string View => "kpi_stage_conversion";

    public override string Keys => "metric, variant, model_id, from_stage, to_stage, window_days";

    public override string Counts => "numerator, denominator, n, maturing_n";

    public override string Where => "metric in ('stage_conversion', 'stage_conversion_strict')";

    public override void Count(World world, KpiRows rows)
    {
        foreach (var model in world.Models)
        {
            foreach (var (from, to) in model.Stages.Zip(model.Stages.Skip(1)))
            {
                foreach (var subject in world.Subjects)
                {
                    Visit[] life = [.. world.VisitsOf(subject, model)];
                    foreach (var (index, visit) in life.Index().Where(visit => visit.Item.Stage == from.Id))
                    {
                        var isOld = visit.EnteredAt + to.ConvertWithin <= world.AsOf;
                        var after = life.Skip(index + 1)
                            .Where(later => later.Lap == visit.Lap && later.EnteredAt <= visit.EnteredAt + to.ConvertWithin)
                            .ToArray();
                        Add(world, rows, $"{model.Id} {from.Id} {to.Id}", to, subject, visit, isOld, after);
                    }
                }
            }
        }
    }

    private static void Add(
        World world, KpiRows rows, string keys, LifecycleStage to, Subject subject, Visit visit, bool isOld, Visit[] after)
    {
        foreach (var grain in world.Grains)
        {
            var period = world.Calendar.Of(grain, world.Calendar.DayOf(visit.EnteredAt));
            Row("stage_conversion", after.Any(later => later.Ordinal >= to.Ordinal));
            Row("stage_conversion_strict", after.Any(later => later.Ordinal == to.Ordinal));

            void Row(string metric, bool isReached)
            {
                foreach (var variant in visit.VisitNo == 1 ? new[] { "first_visit", "every_visit" } : ["every_visit"])
                {
                    rows.Add(
                        $"{metric} {variant} {keys} {to.ConvertWithin.Days}",
                        period,
                        subject.Slices,
                        world.Calendar.InstantOf(period.End) + to.ConvertWithin <= world.AsOf,
                        isOld && isReached ? 1 : 0,
                        isOld ? 1 : 0,
                        isOld ? 1 : 0,
                        isOld ? 0 : 1);
                }
            }
        }
    }
}
