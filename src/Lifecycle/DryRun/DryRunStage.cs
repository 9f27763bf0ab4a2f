namespace LifecycleMetrics.Lifecycle.DryRun;

/// <summary>One stage, lapsed included, with and without the model that was tried.</summary>
/// <param name="StageId">The stage.</param>
/// <param name="Current">Subjects that are in it at T.</param>
/// <param name="Furthest">Subjects that never came further.</param>
/// <param name="Entries">stage_entries of the last closed month.</param>
/// <param name="Stock">stage_stock at the end of the last closed month.</param>
public sealed record DryRunStage(
    string StageId, DryRunCount Current, DryRunCount Furthest, DryRunCount Entries, DryRunCount Stock);
