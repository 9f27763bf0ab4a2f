using Microsoft.Extensions.Logging;

namespace LifecycleMetrics.Ingest.Receiving;

internal static partial class Log
{
    [LoggerMessage(3101, LogLevel.Information, "A request body could not be read; its sender is asked to send again")]
    public static partial void BodyNotRead(ILogger logger, Exception exception);

    [LoggerMessage(3102, LogLevel.Debug, "A sender closed its connection before the answer")]
    public static partial void SenderGone(ILogger logger, Exception exception);

    [LoggerMessage(3103, LogLevel.Warning, "ClickHouse did not take campaign costs; their sender is asked to send again")]
    public static partial void CostsNotTaken(ILogger logger, Exception exception);
}
