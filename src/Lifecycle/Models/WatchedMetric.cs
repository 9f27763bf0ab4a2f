using LifecycleMetrics.Storage.Schema;

namespace LifecycleMetrics.Lifecycle.Models;

/// <summary>The metrics that a target can name.</summary>
internal static class WatchedMetric
{
    private static readonly Lazy<IReadOnlyList<string>> Known = new(() =>
    [
        .. MetricDefinition.ParseAll(SqlFiles.MetricDefinitions()).Select(metric => metric.Metric).Order(StringComparer.Ordinal),
    ]);

    /// <summary>Their ids, as in dim_metric.</summary>
    public static IReadOnlyList<string> All => Known.Value;
}
