using ClickHouse.Data;
using Microsoft.Extensions.Logging;

namespace LifecycleMetrics.Ingest.Writing;

/// <summary>Table <c>received_count</c>: what was accepted, counted by a view as the rows are stored.</summary>
internal sealed class ReceivedCounts(ClickHouseDataSource dataSource, ILogger<ReceivedCounts> logger)
{
    private const string Columns =
        """
        received_at, occurred_at, inserted_at, time_basis, source, key_id, batch_id, event, user_id, country, order_id,
        revenue_minor, is_bot, is_internal, is_test
        """;

    // Each row of the segment once, however often it lies in the table. The counts of the same rows may have been there
    // before and have been deleted, so nothing is recognised as a repetition.
    private const string CountAgain =
        $$"""
        insert into received_touchpoint ({{Columns}})
        select {{Columns}}
        from touchpoint
        where batch_id = {segment:UInt64}
        limit 1 by batch_seq
        settings insert_deduplicate = 0
        """;

    /// <summary>Compares the counts of a segment with its rows, and makes them anew if they differ.</summary>
    /// <exception cref="InvalidOperationException">They still differ; to be tried again.</exception>
    public async Task SettleAsync(ulong segment, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var (stored, counted) = await CompareAsync(connection, segment, cancellationToken);
        if (stored == counted)
            return;
        Log.CountsDiffer(logger, segment, stored, counted);
        await ExecuteAsync(connection, "delete from received_count where batch_id = {segment:UInt64}", segment, cancellationToken);
        await ExecuteAsync(connection, CountAgain, segment, cancellationToken);
        (stored, counted) = await CompareAsync(connection, segment, cancellationToken);
        if (stored != counted)
            throw new InvalidOperationException($"ClickHouse holds {stored} events of segment {segment}, and counts {counted}.");
    }

    private static async Task<(long Stored, long Counted)> CompareAsync(
        ClickHouseConnection connection, ulong segment, CancellationToken cancellationToken)
    {
        await using var command = Command(
            connection,
            """
            select
                (select toInt64(uniqExact(batch_seq)) from touchpoint where batch_id = {segment:UInt64}),
                (select sum(event_count) from received_count where batch_id = {segment:UInt64})
            """,
            segment);
        await using var rows = await command.ExecuteRowsAsync(cancellationToken);
        await rows.ReadAsync(cancellationToken);
        return (rows.GetInt64(0), rows.GetInt64(1));
    }

    private static async Task ExecuteAsync(
        ClickHouseConnection connection, string statement, ulong segment, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, statement, segment);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static ClickHouseCommand Command(ClickHouseConnection connection, string statement, ulong segment)
    {
        var command = connection.CreateCommand();
        command.CommandText = statement;
        command.Parameters.Add(new ClickHouseParameter("segment", segment));
        return command;
    }
}
