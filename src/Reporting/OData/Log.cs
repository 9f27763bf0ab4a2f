using Microsoft.Extensions.Logging;

namespace LifecycleMetrics.Reporting.OData;

/// <summary>Log messages of the OData service, event ids 5000 to 5999.</summary>
internal static partial class Log
{
    [LoggerMessage(5000, LogLevel.Information, "OData publishes {Sets} entity sets; metadata {ETag}")]
    public static partial void ModelBuilt(this ILogger logger, int sets, string etag);

    [LoggerMessage(5001, LogLevel.Error, "View {View} is not published: {Fault}")]
    public static partial void ViewNotPublished(this ILogger logger, string view, string fault);

    [LoggerMessage(5002, LogLevel.Warning, "The published views could not be read; OData goes on with the ones it knows")]
    public static partial void RefreshFailed(this ILogger logger, Exception exception);

    [LoggerMessage(5003, LogLevel.Error, "OData query {QueryId} failed before the first byte")]
    public static partial void QueryFailed(this ILogger logger, string? queryId, Exception exception);

    [LoggerMessage(5004, LogLevel.Error, "OData query {QueryId} failed after {Rows} rows; the connection is cut so that no client takes the part for the whole")]
    public static partial void AnswerCut(this ILogger logger, string? queryId, long rows, Exception exception);

    [LoggerMessage(5005, LogLevel.Debug, "OData answered {Rows} rows of {Set}")]
    public static partial void Answered(this ILogger logger, long rows, string set);

    [LoggerMessage(5006, LogLevel.Information, "No PageTokenKey is configured: nextLinks end with this process and are not shared between instances")]
    public static partial void TokenKeyIsRandom(this ILogger logger);

    [LoggerMessage(5007, LogLevel.Error, "An OData request failed")]
    public static partial void RequestFailed(this ILogger logger, Exception exception);
}
