namespace LifecycleMetrics.Lifecycle.DryRun;

/// <summary>How far a dry run is.</summary>
/// <param name="Batch">Batches of subjects worked out.</param>
/// <param name="Batches">Batches there are.</param>
public sealed record DryRunProgress(int Batch, int Batches);
