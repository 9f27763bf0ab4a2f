namespace LifecycleMetrics.Lifecycle.DryRun;

/// <summary>A number of subjects with the published model and with the one that was tried.</summary>
/// <param name="Before">With the published model; null if there is none, or it has no such stage.</param>
/// <param name="After">With the model of the file; null if it has no such stage.</param>
public sealed record DryRunCount(long? Before, long? After)
{
    /// <summary>What would change; null where one side has no such stage.</summary>
    public long? Change => After - Before;
}
