namespace LifecycleMetrics.Ingest.DeadLettering;

/// <summary>What is to be replayed.</summary>
/// <param name="Filter">Which dead letters are meant.</param>
/// <param name="Again">True to replay also those that were replayed before.</param>
public sealed record ReplayRequest(DeadLetterFilter Filter, bool Again);
