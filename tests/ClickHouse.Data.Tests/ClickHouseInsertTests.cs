using System.Buffers;
using System.Text;
using ClickHouse.Data.Tests.Support;

namespace ClickHouse.Data.Tests;

public sealed class ClickHouseInsertTests(Engine engine)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FrozenBlock_SentTwiceWithItsToken_IsStoredOnce()
    {
        await engine.RunAsync("create table once (id UInt64, name String) engine MergeTree order by id settings non_replicated_deduplication_window = 100");
        await using var connection = await engine.Source.OpenConnectionAsync(Token);
        var insert = new ClickHouseInsert { Table = "once", Columns = ["id", "name"], Body = Block(1000), DeduplicationToken = "block-1" };

        var first = await connection.InsertAsync(insert, Token);
        var second = await connection.InsertAsync(insert, Token);

        Assert.Equal(1000, first.WrittenRows);
        Assert.Equal(1000, second.WrittenRows); // the server counts what it was sent, not what it kept
        Assert.NotEqual(first.QueryId, second.QueryId);
        Assert.Equal(1000UL, await engine.ScalarAsync("select count() from once"));
    }

    [Theory]
    [InlineData(ClickHouseCompression.None)]
    [InlineData(ClickHouseCompression.Gzip)]
    [InlineData(ClickHouseCompression.Brotli)]
    public async Task Body_IsCompressedIfAskedFor(ClickHouseCompression compression)
    {
        var table = $"compressed_{compression}";
        await engine.RunAsync($"create table {table} (id UInt64, name String) engine Memory");
        await using var connection = await engine.Source.OpenConnectionAsync(Token);

        var result = await connection.InsertAsync(
            new ClickHouseInsert { Table = table, Columns = ["id", "name"], Body = Block(50_000), Compression = compression }, Token);

        Assert.Equal(50_000, result.WrittenRows);
        Assert.Equal(1_249_975_000UL, await engine.ScalarAsync($"select sum(id) from {table} where name = 'name ' || toString(id)"));
    }

    [Fact]
    public async Task BodyInSegments_OrWrittenToTheStream_IsSentWhole()
    {
        await engine.RunAsync("create table segments (id UInt64, name String) engine Memory");
        await using var connection = await engine.Source.OpenConnectionAsync(Token);
        var block = Block(10).ToArray();

        await connection.InsertAsync(
            new ClickHouseInsert { Table = "segments", Columns = ["id", "name"], Body = Segments(block, 7) }, Token);
        await connection.InsertAsync(
            new ClickHouseInsert
            {
                Table = "segments",
                Columns = ["id", "name"],
                WriteBodyAsync = async (stream, token) => await stream.WriteAsync(block, token),
            },
            Token);

        Assert.Equal(20UL, await engine.ScalarAsync("select count() from segments where name = 'name ' || toString(id)"));
    }

    [Fact]
    public async Task JsonEachRow_FillsTheColumnsItNames()
    {
        await engine.RunAsync("create table json_rows (id UInt64, name String default 'none', at DateTime64(3, 'UTC')) engine Memory");
        await using var connection = await engine.Source.OpenConnectionAsync(Token);
        var json = "{\"id\":1,\"at\":\"2026-01-01T00:00:00.123Z\"}\n{\"id\":2,\"name\":\"two\",\"at\":\"2026-01-01T00:00:00Z\"}\n"u8.ToArray();

        var result = await connection.InsertAsync(
            new ClickHouseInsert
            {
                Table = $"{connection.Database}.json_rows",
                Format = "JSONEachRow",
                Body = new ReadOnlySequence<byte>(json),
                Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["date_time_input_format"] = "best_effort" },
            },
            Token);

        Assert.Equal(2, result.WrittenRows);
        Assert.Equal("none,two", await engine.ScalarAsync("select arrayStringConcat(groupArray(name), ',') from (select name from json_rows order by id)"));
    }

    [Fact]
    public async Task BrokenBlock_StoresNothing()
    {
        await engine.RunAsync("create table broken (id UInt64, name String) engine MergeTree order by id");
        await using var connection = await engine.Source.OpenConnectionAsync(Token);
        var block = Block(1000);

        var error = await Assert.ThrowsAsync<ClickHouseException>(() => connection.InsertAsync(
            new ClickHouseInsert { Table = "broken", Columns = ["id", "name"], Body = block.Slice(0, block.Length - 3) }, Token));

        Assert.Equal(33, error.ServerCode);
        Assert.Equal(0UL, await engine.ScalarAsync("select count() from broken"));
    }

    [Fact]
    public async Task Misuse_IsRefusedBeforeAnythingIsSent()
    {
        await using var connection = await engine.Source.OpenConnectionAsync(Token);

        await Assert.ThrowsAsync<ArgumentException>(() => connection.InsertAsync(new ClickHouseInsert { Table = "t" }, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => connection.InsertAsync(
            new ClickHouseInsert { Table = "t", Format = "CSV; drop", Body = default(ReadOnlySequence<byte>) }, Token));
    }

    [Fact]
    public async Task CancelledToken_EndsTheInsertAndStoresNothing()
    {
        await engine.RunAsync("create table cancelled (id UInt64, name String) engine MergeTree order by id");
        await using var connection = await engine.Source.OpenConnectionAsync(Token);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var queryId = Guid.NewGuid().ToString();
        var block = Block(50_000).ToArray(); // the server lists an insert once it has read more than a query may be long
        var running = connection.InsertAsync(
            new ClickHouseInsert
            {
                Table = "cancelled",
                Columns = ["id", "name"],
                QueryId = queryId,
                WriteBodyAsync = async (stream, token) =>
                {
                    await stream.WriteAsync(block, token);
                    await stream.FlushAsync(token);
                    await Task.Delay(Timeout.Infinite, token);
                },
            },
            stop.Token);
        var processes = $"select count() from system.processes where query_id = '{queryId}'";
        await engine.EventuallyAsync(processes, 1UL);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await engine.EventuallyAsync(processes, 0UL);
        Assert.Equal(0UL, await engine.ScalarAsync("select count() from cancelled"));
    }

    [Fact]
    public async Task OddNames_AreQuoted()
    {
        await engine.RunAsync("create table `odd ``table` (`a.b` UInt64, `c``d` String) engine Memory");
        await using var connection = await engine.Source.OpenConnectionAsync(Token);

        var result = await connection.InsertAsync(
            new ClickHouseInsert { Table = "odd `table", Columns = ["a.b", "c`d"], Body = Block(3) }, Token);

        Assert.Equal(3, result.WrittenRows);
    }

    private static ReadOnlySequence<byte> Block(int rows)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new RowBinaryWriter(buffer);
        for (var i = 0; i < rows; i++)
        {
            writer.WriteUInt64((ulong)i);
            writer.WriteString(Encoding.UTF8.GetBytes($"name {i}"));
        }

        return new ReadOnlySequence<byte>(buffer.WrittenMemory);
    }

    private static ReadOnlySequence<byte> Segments(byte[] data, int size)
    {
        var first = new Segment(data.AsMemory(0, size), null);
        var last = first;
        for (var i = size; i < data.Length; i += size)
        {
            last = new Segment(data.AsMemory(i, Math.Min(size, data.Length - i)), last);
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, Segment? previous)
        {
            Memory = memory;
            if (previous is not null)
            {
                RunningIndex = previous.RunningIndex + previous.Memory.Length;
                previous.Next = this;
            }
        }
    }
}
