using Microsoft.Extensions.Logging;

namespace LifecycleMetrics.Ingest.Importing.Http;

internal static partial class Log
{
    [LoggerMessage(3301, LogLevel.Information, "Import {Id} of key {KeyId} is done: {Lines} lines, {Accepted} events accepted, {Duplicates} duplicates, {Rejected} rejected")]
    public static partial void ImportDone(ILogger logger, string id, string keyId, long lines, long accepted, long duplicates, long rejected);

    [LoggerMessage(3302, LogLevel.Information, "Import {Id} of key {KeyId} was interrupted after {Lines} lines; the same file under the same id goes on")]
    public static partial void ImportInterrupted(ILogger logger, string id, string keyId, long lines);

    [LoggerMessage(3303, LogLevel.Debug, "The sender of an import closed its connection")]
    public static partial void SenderGone(ILogger logger, Exception exception);

    [LoggerMessage(3304, LogLevel.Error, "The position of an import could not be written")]
    public static partial void ImportNotSaved(ILogger logger, Exception exception);
}
