namespace LifecycleMetrics.Lifecycle.Models;

/// <summary>A metric that is watched in a stage.</summary>
/// <param name="Metric">Id of the metric, as in dim_metric.</param>
/// <param name="Target">Value to reach, if one is set.</param>
/// <param name="Owner">Who answers for it, if anyone.</param>
public sealed record StageMetricTarget(string Metric, double? Target, string? Owner);
