namespace LifecycleMetrics.Lifecycle.Models;

/// <summary>A metric that is watched in a stage.</summary>
/// <param name="Metric">Id of the metric, as in dim_metric.</param>
/// <param name="Grain">Period the target is for, one of <see cref="Grains"/>.</param>
/// <param name="Target">Value to reach, if one is set.</param>
/// <param name="Owner">Who answers for it, if anyone.</param>
public sealed record StageMetricTarget(string Metric, string Grain, double? Target, string? Owner)
{
    /// <summary>The period of a target that names none.</summary>
    public const string DefaultGrain = "month";

    /// <summary>The periods a target can be for.</summary>
    public static readonly IReadOnlyList<string> Grains = ["day", "week", "month", "quarter", "year"];
}
