using Microsoft.Extensions.Logging;

namespace LifecycleMetrics.Storage;

internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Information, "Applied migration {Name}, statement {StatementNo} of {StatementCount}")]
    public static partial void Applied(ILogger logger, string name, int statementNo, int statementCount);

    [LoggerMessage(2001, LogLevel.Warning, "Migration {Name}, statement {StatementNo}, was begun by a run that died, and is found done")]
    public static partial void FoundApplied(ILogger logger, string name, int statementNo);

    [LoggerMessage(2002, LogLevel.Information, "Replaced {Count} views")]
    public static partial void ViewsReplaced(ILogger logger, int count);

    [LoggerMessage(2003, LogLevel.Information, "Dropped view {Name}, which has no file any more")]
    public static partial void OrphanDropped(ILogger logger, string name);
}
