using Microsoft.Extensions.Logging;

namespace LifecycleMetrics.Reporting.Ledger;

/// <summary>Messages of the ledger of published values, ids 8000 to 8099.</summary>
internal static partial class Log
{
    [LoggerMessage(8000, LogLevel.Warning, "Published values could not be read again; the next try is in {Interval}")]
    public static partial void NotChecked(ILogger logger, TimeSpan interval, Exception exception);
}
