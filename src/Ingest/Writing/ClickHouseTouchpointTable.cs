using System.Buffers;
using System.Collections.Frozen;
using ClickHouse.Data;
using LifecycleMetrics.Ingest.Spool;

namespace LifecycleMetrics.Ingest.Writing;

/// <summary>Table <c>touchpoint</c> in ClickHouse.</summary>
internal sealed class ClickHouseTouchpointTable(ClickHouseDataSource dataSource) : ITouchpointTable
{
    private const int LoadChunk = 8_192;

    // The whole request is one block, and so stored whole or not at all; the views hang on the same token.
    private static readonly Dictionary<string, string> InsertSettings = new(StringComparer.Ordinal)
    {
        ["async_insert"] = "0",
        ["insert_deduplicate"] = "1",
        ["deduplicate_blocks_in_dependent_materialized_views"] = "1",
        ["max_insert_block_size"] = "10000000",
        ["min_insert_block_size_rows"] = "10000000",
        ["min_insert_block_size_bytes"] = "1000000000",
        ["input_format_parallel_parsing"] = "0",
    };

    // Errors that name the data, not the server or the schema. On any other the stream waits rather than lose a row.
    private static readonly FrozenSet<int> DataErrors = new[]
    {
        6, // CANNOT_PARSE_TEXT
        27, // CANNOT_PARSE_INPUT_ASSERTION_FAILED
        33, // CANNOT_READ_ALL_DATA
        69, // ARGUMENT_OUT_OF_BOUND
        70, // CANNOT_CONVERT_TYPE
        117, // INCORRECT_DATA
        131, // TOO_LARGE_STRING_SIZE
        321, // VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE
        407, // DECIMAL_OVERFLOW
        469, // VIOLATED_CONSTRAINT
        691, // UNKNOWN_ELEMENT_OF_ENUM
    }.ToFrozenSet();

    public async Task InsertAsync(
        IReadOnlyList<string> columns, ReadOnlySequence<byte> rows, string token, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        try
        {
            await connection.InsertAsync(
                new ClickHouseInsert
                {
                    Table = "touchpoint",
                    Columns = columns,
                    DeduplicationToken = token,
                    Settings = InsertSettings,
                    Format = "Native",
                    Body = rows,
                },
                cancellationToken);
        }
        catch (ClickHouseException e) when (DataErrors.Contains(e.ServerCode))
        {
            throw new RowsRefusedException(e.Message, e);
        }
    }

    public async Task<HashSet<ulong>> PresentAsync(
        ulong segment, ulong first, ulong last, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText =
            "select batch_seq from touchpoint where batch_id = {segment:UInt64} and batch_seq between {first:UInt64} and {last:UInt64}";
        command.Parameters.Add(new ClickHouseParameter("segment", segment));
        command.Parameters.Add(new ClickHouseParameter("first", first));
        command.Parameters.Add(new ClickHouseParameter("last", last));
        await using var rows = await command.ExecuteRowsAsync(cancellationToken);
        var present = new HashSet<ulong>();
        while (await rows.ReadAsync(cancellationToken))
            present.Add(rows.GetUInt64(0));
        return present;
    }

    public async Task<ulong?> LastSequenceAsync(ulong segment, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "select max(batch_seq), count() from touchpoint where batch_id = {segment:UInt64}";
        command.Parameters.Add(new ClickHouseParameter("segment", segment));
        await using var rows = await command.ExecuteRowsAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken) && rows.GetUInt64(1) > 0 ? rows.GetUInt64(0) : null;
    }

    public async Task LoadRecentAsync(
        IReadOnlyList<ulong> exceptSegments, EventIdWindow window, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await SetLatestAsync(connection, window, cancellationToken);
        var since = await LoadSinceAsync(connection, window, cancellationToken);
        window.BeginLoad(since);
        await using var command = connection.CreateCommand();
        command.CommandText =
            """
            select event_id, toUnixTimestamp64Milli(received_at)
            from touchpoint
            where received_at >= fromUnixTimestamp64Milli({since:Int64}) and not has({except:Array(UInt64)}, batch_id)
            """;
        command.CommandTimeout = 0;
        command.Parameters.Add(new ClickHouseParameter("since", since));
        command.Parameters.Add(new ClickHouseParameter("except", exceptSegments.ToArray(), "Array(UInt64)"));
        await using var rows = await command.ExecuteRowsAsync(cancellationToken);
        var chunk = new (UInt128, long)[LoadChunk];
        var count = 0;
        while (await rows.ReadAsync(cancellationToken))
        {
            chunk[count++] = (EventIdHash.Of(rows.GetUtf8(0)), rows.GetInt64(1));
            if (count < chunk.Length)
                continue;
            window.Load(chunk);
            count = 0;
        }

        window.Load(chunk.AsSpan(0, count));
    }

    private static async Task SetLatestAsync(ClickHouseConnection connection, EventIdWindow window, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "select toUnixTimestamp64Milli(max(received_at)), count() from touchpoint";
        command.CommandTimeout = 0;
        await using var rows = await command.ExecuteRowsAsync(cancellationToken);
        if (await rows.ReadAsync(cancellationToken) && rows.GetUInt64(1) > 0)
            window.SetLatest(rows.GetInt64(0));
    }

    // The window may hold less than its time: then only the latest events fit.
    private static async Task<long> LoadSinceAsync(
        ClickHouseConnection connection, EventIdWindow window, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText =
            """
            select toUnixTimestamp64Milli(toDateTime64(minute, 3))
            from
            (
                select toStartOfMinute(received_at) as minute, sum(count()) over (order by minute desc) as events
                from touchpoint
                where received_at >= fromUnixTimestamp64Milli({since:Int64})
                group by minute
            )
            where events > {most:Int64}
            order by minute desc
            limit 1
            """;
        command.CommandTimeout = 0;
        var since = window.Since();
        command.Parameters.Add(new ClickHouseParameter("since", since));
        command.Parameters.Add(new ClickHouseParameter("most", (long)window.MaxIds));
        await using var rows = await command.ExecuteRowsAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken) ? Math.Max(since, rows.GetInt64(0)) : since;
    }
}
