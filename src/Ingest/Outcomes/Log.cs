using Microsoft.Extensions.Logging;

namespace LifecycleMetrics.Ingest.Outcomes;

internal static partial class Log
{
    [LoggerMessage(3401, LogLevel.Information, "{Counts} counts of events could not be written to ClickHouse; they are kept and written again")]
    public static partial void CountsNotWritten(ILogger logger, Exception exception, int counts);

    [LoggerMessage(3402, LogLevel.Warning, "Counts of events could not be kept on disk; they are lost if the server ends before they are written")]
    public static partial void CountsNotKept(ILogger logger, Exception exception);

    [LoggerMessage(3403, LogLevel.Warning, "Counts of events that an earlier run kept in ingest-outcomes.json could not be read; they are left out")]
    public static partial void CountsNotRead(ILogger logger, Exception exception);
}
