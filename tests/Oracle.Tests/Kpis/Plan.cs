using LifecycleMetrics.Lifecycle.Models;
using LifecycleMetrics.Oracle.Tests.Agreement;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>The always-on activities of these tests: activities.yaml.</summary>
internal static class Plan
{
    private static readonly Lazy<ModelReading> Read = new(() =>
        ModelDirectory.ReadAsync(Path.Combine(AppContext.BaseDirectory, OracleDatabase.ModelsDirectory), CancellationToken.None)
            .GetAwaiter().GetResult().OrThrow());

    public static IReadOnlyList<PlannedActivity> Activities => Read.Value.Activities;

    /// <summary>The stages, lapsed among them, of the models for which anything is planned: model and stage.</summary>
    public static IEnumerable<string> Stages => Read.Value.Models
        .Where(model => Activities.Any(activity => activity.Model == model.Id))
        .SelectMany(model => model.Stages.Select(stage => stage.Id).Append(Phase.Lapsed).Select(stage => $"{model.Id} {stage}"));
}
