namespace LifecycleMetrics.Lifecycle.DryRun;

/// <summary>What a model would change.</summary>
/// <param name="Model">Id of the model.</param>
/// <param name="Version">Version of the file.</param>
/// <param name="PublishedVersion">Version it is compared with; null if none is published.</param>
/// <param name="IsChangeInPlace">The published version is the same and its definition another.</param>
/// <param name="AsOf">T, in UTC.</param>
/// <param name="Month">First day of the last closed month.</param>
/// <param name="Subjects">Subjects with a life in the model.</param>
/// <param name="MovedCount">Subjects in both whose current stage would be another.</param>
/// <param name="Stages">The stages of both, lapsed first.</param>
/// <param name="Conversions">The transitions of both.</param>
public sealed record DryRunResult(
    string Model,
    int Version,
    int? PublishedVersion,
    bool IsChangeInPlace,
    DateTime AsOf,
    DateOnly Month,
    DryRunCount Subjects,
    long MovedCount,
    IReadOnlyList<DryRunStage> Stages,
    IReadOnlyList<DryRunConversion> Conversions);
