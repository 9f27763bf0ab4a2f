using ClickHouse.Data;
using Microsoft.AspNetCore.Http;

namespace LifecycleMetrics.Reporting.OData;

/// <summary>What a failure of ClickHouse means to a client, by its error code.</summary>
internal static class ODataErrors
{
    private const int UnknownIdentifier = 47;
    private const int UnknownTable = 60;
    private const int TimeoutExceeded = 159;
    private const int TooManyQueries = 202;
    private const int MemoryLimit = 241;
    private const int TooManyRows = 158;
    private const int TooManyBytes = 307;

    // Literals and arithmetic that only show with the data: overflow, division, parsing, and the like.
    private static readonly int[] ClientFaults = [6, 36, 38, 41, 43, 53, 69, 70, 72, 153, 321, 407, 457];

    /// <summary>Whether the model no longer fits the database.</summary>
    public static bool MeansOldModel(ClickHouseException exception) =>
        exception.ServerCode is UnknownIdentifier or UnknownTable;

    public static ODataRequestException From(ClickHouseException exception) => exception.ServerCode switch
    {
        TimeoutExceeded => new(StatusCodes.Status504GatewayTimeout, "QueryTimeout",
            "The query took longer than this service allows. Ask for fewer rows, or filter by time or key."),
        MemoryLimit or TooManyRows or TooManyBytes => new(StatusCodes.Status503ServiceUnavailable, "QueryTooLarge",
            "The query needs more than this service allows. Ask for fewer rows, or filter by time or key."),
        TooManyQueries => new(StatusCodes.Status503ServiceUnavailable, "Busy", "Too many queries are running; try again shortly."),
        UnknownIdentifier or UnknownTable => new(StatusCodes.Status503ServiceUnavailable, "SchemaChanged",
            "The published views have just changed; read $metadata again and retry."),
        var code when ClientFaults.Contains(code) => ODataRequestException.BadRequest(
            "CannotEvaluate", "The expression cannot be evaluated: a value does not fit the type it is compared or combined with."),
        _ when exception.IsTransient => new(StatusCodes.Status503ServiceUnavailable, "Unavailable",
            "The database cannot be reached; try again shortly."),
        _ => new(StatusCodes.Status500InternalServerError, "InternalError",
            $"The query failed in the database{(exception.QueryId is { } id ? $" (query id {id})" : "")}."),
    };
}
