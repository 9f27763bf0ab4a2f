using Microsoft.Extensions.Logging;

namespace LifecycleMetrics.Ingest.Writing;

internal static partial class Log
{
    [LoggerMessage(3201, LogLevel.Information, "{Ids} event ids are remembered; writing begins")]
    public static partial void WindowLoaded(ILogger logger, int ids);

    [LoggerMessage(3202, LogLevel.Warning, "Insert of {Rows} rows from {Sequence} of segment {Segment} failed; tried again in {Pause}")]
    public static partial void InsertFailed(ILogger logger, Exception exception, int rows, ulong segment, ulong sequence, TimeSpan pause);

    [LoggerMessage(3203, LogLevel.Warning, "{Rows} rows of segment {Segment} are not in ClickHouse although it took their token; they are sent under a new one")]
    public static partial void RowsMissing(ILogger logger, int rows, ulong segment);

    [LoggerMessage(3204, LogLevel.Error, "ClickHouse refuses row {Sequence} of segment {Segment} for its content; it is in the dead letters")]
    public static partial void RowRefused(ILogger logger, Exception exception, ulong segment, ulong sequence);

    [LoggerMessage(3205, LogLevel.Error, "Could not write a dead letter; tried again")]
    public static partial void DeadLetterFailed(ILogger logger, Exception exception);

    [LoggerMessage(3206, LogLevel.Warning, "{Rows} spooled events were in ClickHouse already and are left out")]
    public static partial void LateDuplicates(ILogger logger, int rows);

    [LoggerMessage(3207, LogLevel.Warning, "Writing can't go on; tried again in {Pause}")]
    public static partial void StepFailed(ILogger logger, Exception exception, TimeSpan pause);

    [LoggerMessage(3210, LogLevel.Warning, "ClickHouse holds {Stored} events of segment {Segment} and counts {Counted}; they are counted anew")]
    public static partial void CountsDiffer(ILogger logger, ulong segment, long stored, long counted);

    [LoggerMessage(3209, LogLevel.Critical, "The writer failed in a way it does not know; it begins anew")]
    public static partial void WriterFailed(ILogger logger, Exception exception);

    [LoggerMessage(3208, LogLevel.Information, "Stopped with {Bytes} bytes left in the spool; the next start writes them")]
    public static partial void LeftInSpool(ILogger logger, long bytes);
}
