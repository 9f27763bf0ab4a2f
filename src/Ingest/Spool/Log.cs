using Microsoft.Extensions.Logging;

namespace LifecycleMetrics.Ingest.Spool;

internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Information, "Spool holds {Segments} segments of {Bytes} bytes from before")]
    public static partial void SpoolRecovered(ILogger logger, int segments, long bytes);

    [LoggerMessage(3002, LogLevel.Information, "Cut off the unfinished end of {Path} at {Offset} ({Bytes} bytes); none of it was acknowledged")]
    public static partial void TornTailCut(ILogger logger, string path, long offset, long bytes);

    [LoggerMessage(3003, LogLevel.Error, "{Path} is damaged at {Offset}: {Bytes} bytes can't be read and are kept in {Copy}")]
    public static partial void SpoolDamaged(ILogger logger, string path, long offset, long bytes, string copy);

    [LoggerMessage(3004, LogLevel.Error, "Could not make {Requests} requests safe on disk; their senders are asked to send again")]
    public static partial void CommitFailed(ILogger logger, Exception exception, int requests);

    [LoggerMessage(3005, LogLevel.Warning, "Could not cut {Path} back to what is safe")]
    public static partial void NotCutBack(ILogger logger, Exception exception, string path);

    [LoggerMessage(3006, LogLevel.Warning, "Forgot {Ids} event ids for want of room; a resend of them is not recognised. Raise Ingest:Deduplication:MaxIds")]
    public static partial void WindowOverflow(ILogger logger, long ids);

    [LoggerMessage(3007, LogLevel.Warning, "The disk of {Directory} {State}")]
    public static partial void FreeSpaceChanged(ILogger logger, string state, string directory);

    [LoggerMessage(3008, LogLevel.Warning, "Could not make the next segment ahead")]
    public static partial void SegmentNotPrepared(ILogger logger, Exception exception);

    [LoggerMessage(3009, LogLevel.Error, "Could not ask how much room the disk of {Directory} has; senders are asked to wait")]
    public static partial void FreeSpaceUnknown(ILogger logger, Exception exception, string directory);

    [LoggerMessage(3010, LogLevel.Critical, "{Directory} is gone; senders are asked to wait. What is in the spool still goes to ClickHouse. Bring the disk back, or make the directory, and start the server again")]
    public static partial void SpoolGone(ILogger logger, Exception exception, string directory);
}
