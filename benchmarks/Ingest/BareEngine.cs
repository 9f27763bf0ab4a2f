using System.Buffers;
using System.Diagnostics;
using ClickHouse.Data;
using LifecycleMetrics.Benchmarks.Support;

namespace LifecycleMetrics.Benchmarks.Ingest;

/// <summary>
/// What the engine alone reaches: the rows that the server stored, encoded beforehand, inserted into a table of the
/// same shape without anything in between.
/// </summary>
internal sealed class BareEngine(ServerUnderTest server)
{
    private const int BlockRows = 100_000;
    private const int Blocks = 10;
    private const string Table = "touchpoint_bare";

    /// <summary>Rows a second in a format, and what they cost; the better of one and two connections.</summary>
    public async Task<(double RowsPerSecond, string Cost)> RunAsync(string format, int rounds)
    {
        var blocks = new List<ReadOnlyMemory<byte>>();
        for (var block = 0; block < Blocks; block++)
            blocks.Add(await EncodedAsync(format, block));
        var one = await InsertAsync(format, blocks, rounds, 1);
        var two = await InsertAsync(format, blocks, rounds, 2);
        return one.RowsPerSecond > two.RowsPerSecond ? one : two;
    }

    private async Task<ReadOnlyMemory<byte>> EncodedAsync(string format, int block) => await server.DownloadAsync(
        $"select * except inserted_at from touchpoint order by batch_id, batch_seq limit {BlockRows} offset {block * BlockRows} format {format}");

    private async Task<(double RowsPerSecond, string Cost)> InsertAsync(
        string format, List<ReadOnlyMemory<byte>> blocks, int rounds, int connections)
    {
        await server.ExecuteAsync($"drop table if exists {Table} sync");
        await server.ExecuteAsync($"create table {Table} as touchpoint");
        var columns = await ColumnsAsync();
        var next = -1;
        var measured = new Measured(server);
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(async _ =>
        {
            await using var connection = await server.ClickHouse.OpenConnectionAsync();
            while (Interlocked.Increment(ref next) is var number && number < rounds)
            {
                await connection.InsertAsync(
                    new ClickHouseInsert
                    {
                        Table = Table,
                        Columns = columns,
                        Format = format,
                        DeduplicationToken = $"{format}-{connections}-{number}",
                        Body = new ReadOnlySequence<byte>(blocks[number % blocks.Count]),
                        Settings = new Dictionary<string, string>(StringComparer.Ordinal)
                        {
                            ["async_insert"] = "0",
                            ["max_insert_block_size"] = "10000000",
                            ["min_insert_block_size_rows"] = "10000000",
                            ["min_insert_block_size_bytes"] = "1000000000",
                            ["input_format_parallel_parsing"] = "0",
                        },
                    },
                    CancellationToken.None);
            }
        }));
        var elapsed = Stopwatch.GetElapsedTime(started);
        var cost = measured.Per((long)rounds * BlockRows);
        var rows = await server.ScalarAsync($"select count() from {Table}");
        if (rows <= 0 || rows > (double)rounds * BlockRows)
            throw new InvalidOperationException($"{rows} rows are stored.");
        await server.ExecuteAsync($"drop table {Table} sync");
        return (rounds * BlockRows / elapsed.TotalSeconds, cost);
    }

    private async Task<string[]> ColumnsAsync()
    {
        await using var connection = await server.ClickHouse.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"select name from system.columns where database = currentDatabase() and table = '{Table}' and default_kind = '' order by position";
        var names = new List<string>();
        await using var rows = await command.ExecuteRowsAsync(CancellationToken.None);
        while (await rows.ReadAsync(CancellationToken.None))
            names.Add(rows.GetString(0));
        return [.. names];
    }
}
