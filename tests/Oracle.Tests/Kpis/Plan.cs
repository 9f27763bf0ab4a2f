using LifecycleMetrics.Lifecycle.Models;
using LifecycleMetrics.Oracle.Tests.Agreement;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>The always-on activities of these tests: activities.yaml.</summary>
internal static class Plan
{
    private static readonly Lazy<IReadOnlyList<PlannedActivity>> Read = new(() =>
        ModelDirectory.ReadAsync(Path.Combine(AppContext.BaseDirectory, OracleDatabase.ModelsDirectory), CancellationToken.None)
            .GetAwaiter().GetResult().OrThrow().Activities);

    public static IReadOnlyList<PlannedActivity> Activities => Read.Value;
}
