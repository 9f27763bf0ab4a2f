using System.Data.Common;
using ClickHouse.Data.Http;

namespace ClickHouse.Data;

/// <summary>
/// The server refused or failed a query, before or in the middle of its result, or could not be reached. Misuse of the
/// provider is an ordinary argument or state exception instead. The message never holds the password.
/// </summary>
public sealed class ClickHouseException : DbException
{
    public ClickHouseException(string message, int serverCode, string? serverCodeName, string? queryId, bool isTransient, Exception? inner)
        : base(message, inner)
    {
        ServerCode = serverCode;
        ServerCodeName = serverCodeName;
        QueryId = queryId;
        IsTransient = isTransient;
    }

    /// <summary>ClickHouse's error number; 0 if the server did not give one (no connection, an answer that breaks off).</summary>
    public int ServerCode { get; }

    /// <summary>The error's name, such as UNKNOWN_IDENTIFIER.</summary>
    public string? ServerCodeName { get; }

    /// <summary>The query's id, to be found again in system.query_log.</summary>
    public string? QueryId { get; }

    /// <summary>True if the same request may succeed later: no connection, an overloaded server, too many parts.</summary>
    public override bool IsTransient { get; }

    public override int ErrorCode => ServerCode;

    internal static ClickHouseException FromServer(string text, int code, string? queryId, Exception? inner = null)
    {
        var error = ServerError.Parse(text, code);
        return new ClickHouseException(
            error.Message, error.Code, error.CodeName, queryId, TransientErrors.Contains(error.Code), inner);
    }
}
