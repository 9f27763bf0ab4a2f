using Microsoft.Extensions.Logging;

namespace ClickHouse.Embedded;

internal static partial class Log
{
    [LoggerMessage(1500, LogLevel.Information, "ClickHouse engine started: process {ProcessId}, HTTP port {HttpPort}, data in {Directory}")]
    public static partial void Started(ILogger logger, int processId, int httpPort, string directory);

    [LoggerMessage(1501, LogLevel.Error, "ClickHouse engine ended by itself with code {ExitCode} after {Ran}; starting it again in {Wait}. It printed: {LastWords}")]
    public static partial void EndedByItself(ILogger logger, int exitCode, TimeSpan ran, TimeSpan wait, string lastWords);

    [LoggerMessage(1502, LogLevel.Error, "ClickHouse engine could not be started again; next try in {Wait}")]
    public static partial void RestartFailed(ILogger logger, TimeSpan wait, Exception exception);

    [LoggerMessage(1503, LogLevel.Information, "ClickHouse engine stopped")]
    public static partial void Stopped(ILogger logger);

    [LoggerMessage(1504, LogLevel.Warning, "Waiting for another engine to leave {Directory}")]
    public static partial void DirectoryLocked(ILogger logger, string directory);
}
