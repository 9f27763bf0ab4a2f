using System.Collections.Frozen;

namespace ClickHouse.Data.Http;

/// <summary>Server errors that can go away without the request being changed.</summary>
internal static class TransientErrors
{
    private static readonly FrozenSet<int> Codes = new[]
    {
        202, // TOO_MANY_SIMULTANEOUS_QUERIES
        203, // NO_FREE_CONNECTION
        209, // SOCKET_TIMEOUT
        210, // NETWORK_ERROR
        225, // NO_ZOOKEEPER
        236, // ABORTED: the server shuts down
        241, // MEMORY_LIMIT_EXCEEDED
        242, // TABLE_IS_READ_ONLY
        252, // TOO_MANY_PARTS
        279, // ALL_CONNECTION_TRIES_FAILED
        285, // TOO_FEW_LIVE_REPLICAS
        319, // UNKNOWN_STATUS_OF_INSERT: safe to repeat with a deduplication token
        425, // SYSTEM_ERROR
        439, // CANNOT_SCHEDULE_TASK
        473, // DEADLOCK_AVOIDED
        745, // SERVER_OVERLOADED
        999, // KEEPER_EXCEPTION
    }.ToFrozenSet();

    public static bool Contains(int code) => Codes.Contains(code);
}
