using System.Globalization;
using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>
/// A stage KPI of all subjects against the target of the model file: (actual - target) / target. Once the period is over it is
/// ok at the target or better, watch at most a tenth of the target short of it, off beyond. Of the KPIs watched here more is
/// better; of stage_conversion the first visits are meant, into the stage, from each stage that leads there by itself.
/// </summary>
internal sealed class TargetGap : KpiOracle
{
    private const double Allowance = 1e-9;

    private static readonly IReadOnlyList<(string Metric, KpiOracle Oracle, Func<string[], (string Stage, string From)?> StageOf)> Watched =
    [
        ("stage_entries", new StageEntries(), words => (words[1], "")),
        ("stage_stock", new StageStock(), words => (words[1], "")),
        ("stage_conversion", new StageConversion(), words => words is ["stage_conversion", "first_visit", ..] ? (words[4], words[3]) : null),
    ];

    // Targets are for the whole of the subjects.
    private static readonly Extent Everybody = new("true", (_, dimension, _) => dimension == "all", _ => true);

    public override string View => "kpi_target_gap";

    public override string Keys => "model_id, stage_id, from_stage, watched_metric";

    public override string Counts => "numerator, denominator, n, toInt64(transform(ifNull(status, ''), ['ok', 'watch', 'off'], [1, 2, 3], 0)), toInt64(round(1e6 * target))";

    public override string Ratios => "actual";

    // Whether periods in which nobody was counted have rows depends on others.
    public override string Where => "n > 0";

    public override bool IsShown(IReadOnlyList<long?> counts) => counts[2] > 0;

    public override void Count(World world, KpiRows rows)
    {
        foreach (var (metric, oracle, stageOf) in Watched)
        {
            var counted = new KpiRows(oracle, Everybody);
            oracle.Count(world, counted);
            foreach (var sum in counted.Sums)
            {
                var words = sum.Key.Split(' ');
                var model = world.Models.Single(model => words.Contains(model.Id));
                var way = stageOf(words);
                var stage = model.Stages.SingleOrDefault(stage => stage.Id == way?.Stage);
                var target = stage?.Metrics.SingleOrDefault(target => target.Metric == metric && target.Grain == sum.Period.Grain)?.Target;
                if (target is null) continue;

                // The same for all histories, so it is carried in the key and not added up.
                var isOver = world.Calendar.IsClosed(sum.Period) ? 1 : 0;
                var key = string.Create(CultureInfo.InvariantCulture, $"{model.Id} {stage!.Id} {way!.Value.From} {metric} {isOver} {target * 1e6:0}");
                rows.Add(key, sum.Period, [("all", "all")], sum.IsMature, sum.Counts[0], sum.Counts[1], sum.Counts[2]);
            }
        }
    }

    public override IEnumerable<KpiSum> Fold(IEnumerable<KpiSum> sums) => sums.Select(sum =>
    {
        var words = sum.Key.Split(' ');
        var target = long.Parse(words[5], CultureInfo.InvariantCulture);
        long?[] counts = [sum.Counts[0], sum.Counts[1], sum.Counts[2], 0, target];
        if (words[4] == "1") counts[3] = StatusOf(counts);
        return sum with { Key = string.Join(' ', words[..4]), Counts = counts };
    });

    public override double? Value(IReadOnlyList<long?> counts) => -ShortOf(counts);

    public override IReadOnlyList<double?> RatiosOf(IReadOnlyList<long?> counts) => [ActualOf(counts)];

    public override (double? Low, double? High) Interval(IReadOnlyList<long?> counts) =>
        counts[1] is { } all ? Wilson.Of(counts[0]!.Value, all) : (null, null);

    private static double? ActualOf(IReadOnlyList<long?> counts) => counts[1] is null ? counts[0] : Divided(counts[0], counts[1]);

    private static double? ShortOf(IReadOnlyList<long?> counts) => ((counts[4] / 1e6) - ActualOf(counts)) / (counts[4] / 1e6);

    private static long StatusOf(IReadOnlyList<long?> counts) => ShortOf(counts) switch
    {
        null => 0,
        > 0.1 + Allowance => 3,
        > Allowance => 2,
        _ => 1,
    };
}
