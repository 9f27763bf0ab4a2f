namespace LifecycleMetrics.Lifecycle.DryRun;

/// <summary>stage_conversion of one transition with the published model and with the one that was tried.</summary>
/// <param name="FromStage">Where it begins.</param>
/// <param name="ToStage">Where it leads.</param>
/// <param name="Before">With the published model; null if it has no such transition.</param>
/// <param name="After">With the model of the file; null if it has no such transition.</param>
public sealed record DryRunConversion(string FromStage, string ToStage, DryRunRate? Before, DryRunRate? After);
