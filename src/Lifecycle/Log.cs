using Microsoft.Extensions.Logging;

namespace LifecycleMetrics.Lifecycle;

/// <summary>Log messages of the lifecycle, event ids 4000 to 4999.</summary>
internal static partial class Log
{
    [LoggerMessage(4000, LogLevel.Information, "Lifecycle models: {Models}")]
    public static partial void ModelsLoaded(ILogger logger, string models);

    [LoggerMessage(4001, LogLevel.Information, "{Kind} {RefreshNo}: {Subjects} subjects in {Duration}")]
    public static partial void RunDone(ILogger logger, Visits.RefreshKind kind, ulong refreshNo, long subjects, TimeSpan duration);

    [LoggerMessage(4002, LogLevel.Information, "Refresh {RefreshNo}: batch {Batch} of {Batches} done after {Elapsed}")]
    public static partial void BatchDone(ILogger logger, ulong refreshNo, uint batch, uint batches, TimeSpan elapsed);

    [LoggerMessage(4003, LogLevel.Information, "All subjects are worked out anew in run {RefreshNo}: {Reason}")]
    public static partial void RebuildNeeded(ILogger logger, ulong refreshNo, string reason);

    [LoggerMessage(4004, LogLevel.Error, "The refresh failed and is tried again in {Delay}")]
    public static partial void RefreshFailed(ILogger logger, TimeSpan delay, Exception exception);

    [LoggerMessage(
        4005,
        LogLevel.Warning,
        "Model {Model} version {Version} has changed without a new version: its past numbers change too. Raise its version to keep them")]
    public static partial void ModelChangedInPlace(ILogger logger, string model, int version);

    [LoggerMessage(4006, LogLevel.Information, "Refresh {RefreshNo}: cells of batch {Batch} of {Batches} done after {Elapsed}")]
    public static partial void CellsDone(ILogger logger, ulong refreshNo, uint batch, uint batches, TimeSpan elapsed);

    [LoggerMessage(4007, LogLevel.Information, "All KPI cells are built anew: {Reason}")]
    public static partial void CellRebuildNeeded(ILogger logger, string reason);
}
