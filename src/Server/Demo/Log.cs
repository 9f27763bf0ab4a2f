namespace LifecycleMetrics.Server.Demo;

internal static partial class Log
{
    [LoggerMessage(1100, LogLevel.Information, "Loading {Days} days of demo history for {Customers} customers, ending {End:u}")]
    public static partial void HistoryBegun(ILogger logger, int days, int customers, DateTimeOffset end);

    [LoggerMessage(1101, LogLevel.Information, "Continuing the demo history after {Events} acknowledged events")]
    public static partial void HistoryContinued(ILogger logger, long events);

    [LoggerMessage(1102, LogLevel.Information, "Demo history loaded: {Events} events in {Seconds:F1} s")]
    public static partial void HistoryLoaded(ILogger logger, long events, double seconds);

    [LoggerMessage(1103, LogLevel.Warning, "The server refused {Count} demo events, the first because: {Reason}")]
    public static partial void EventsRefused(ILogger logger, int count, string reason);

    [LoggerMessage(1104, LogLevel.Warning, "A live demo request failed; the trickle goes on")]
    public static partial void TrickleFailed(ILogger logger, Exception exception);
}
