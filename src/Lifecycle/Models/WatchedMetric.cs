using LifecycleMetrics.Storage.Schema;

namespace LifecycleMetrics.Lifecycle.Models;

/// <summary>The metrics that can be watched in a stage.</summary>
internal static class WatchedMetric
{
    private const string ViewOfTargets = "kpi_target_gap";

    private static readonly Lazy<IReadOnlyList<string>> Known = new(Read);

    /// <summary>Their ids, as in dim_metric: those of the views that targets are compared with.</summary>
    public static IReadOnlyList<string> All => Known.Value;

    private static IReadOnlyList<string> Read()
    {
        var views = SqlFiles.Views().Single(view => view.Name == ViewOfTargets).Reads;
        return
        [
            .. MetricDefinition.ParseAll(SqlFiles.MetricDefinitions())
                .Where(metric => views.Contains(metric.View))
                .Select(metric => metric.Metric)
                .Order(StringComparer.Ordinal),
        ];
    }
}
