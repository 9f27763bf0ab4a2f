using LifecycleMetrics.Lifecycle.Models;
using LifecycleMetrics.Lifecycle.Tests.Support;
using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>
/// D = subjects whose first visit to A began in the period and at least the window before T; N = those who came to B or
/// later after it, within the window and in the same lap. Who is younger is in neither, but in maturing_n. The variant of
/// every visit counts all visits to A; strict is who came to B itself. Of the whole life, A is the first stage, B the last,
/// and the window that of all steps together.
/// </summary>
internal sealed class StageConversion : ProportionOracle
{
    public override string View => "kpi_stage_conversion";

    public override string Keys => "metric, variant, model_id, from_stage, to_stage, window_days";

    public override string Counts => "numerator, denominator, n, maturing_n";

    public override void Count(World world, KpiRows rows)
    {
        foreach (var model in world.Models)
        {
            var steps = model.Stages.Zip(model.Stages.Skip(1), (from, to) => new Way(from, to, to.ConvertWithin, ["stage_conversion", "stage_conversion_strict"]));
            var whole = TimeSpan.FromTicks(model.Stages.Skip(1).Sum(stage => stage.ConvertWithin.Ticks));
            foreach (var way in steps.Append(new Way(model.Stages[0], model.Stages[^1], whole, ["lifecycle_conversion"])))
            {
                foreach (var subject in world.Subjects)
                {
                    Visit[] life = [.. world.VisitsOf(subject, model)];
                    foreach (var (index, visit) in life.Index().Where(visit => visit.Item.Stage == way.From.Id))
                    {
                        var after = life.Skip(index + 1).Where(later => later.Lap == visit.Lap && later.EnteredAt <= visit.EnteredAt + way.Window).ToArray();
                        Add(world, rows, model, way, subject, visit, after);
                    }
                }
            }
        }
    }

    private static void Add(World world, KpiRows rows, LifecycleModel model, Way way, Subject subject, Visit visit, Visit[] after)
    {
        var isOld = visit.EnteredAt + way.Window <= world.AsOf;
        foreach (var period in world.Grains.Select(grain => world.Calendar.Of(grain, world.Calendar.DayOf(visit.EnteredAt))))
        {
            foreach (var metric in way.Metrics)
            {
                var isReached = after.Any(later => metric == "stage_conversion_strict" ? later.Ordinal == way.To.Ordinal : later.Ordinal >= way.To.Ordinal);
                foreach (var variant in visit.VisitNo == 1 ? new[] { "first_visit", "every_visit" } : ["every_visit"])
                {
                    rows.Add(
                        $"{metric} {variant} {model.Id} {way.From.Id} {way.To.Id} {way.Window.Days}",
                        period,
                        subject.Slices,
                        world.Calendar.InstantOf(period.End) + way.Window <= world.AsOf,
                        isOld && isReached ? 1 : 0,
                        isOld ? 1 : 0,
                        isOld ? 1 : 0,
                        isOld ? 0 : 1);
                }
            }
        }
    }

    /// <summary>From where to where, in which time, and how it is counted.</summary>
    private sealed record Way(LifecycleStage From, LifecycleStage To, TimeSpan Window, string[] Metrics);
}
