using ClickHouse.Data.Tests.Support;

namespace ClickHouse.Data.Tests;

public sealed class ClickHouseBulkCopyTests(Engine engine)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_AreSentInBatches()
    {
        await engine.RunAsync("create table batches (id UInt64, name Nullable(String), tag String default 'x') engine MergeTree order by id");
        await using var connection = await engine.Source.OpenConnectionAsync(Token);
        var copy = new ClickHouseBulkCopy(connection, "batches") { Columns = ["name", "id"], BatchSize = 1000 };

        var count = await copy.WriteAsync(Enumerable.Range(0, 2500).Select(i => new object?[] { i % 2 == 0 ? null : $"n{i}", i }), Token);

        Assert.Equal(2500, count);
        Assert.Equal(3UL, await engine.ScalarAsync("select count() from system.parts where database = currentDatabase() and table = 'batches' and level = 0"));
        Assert.Equal(1250UL, await engine.ScalarAsync("select count() from batches where name = 'n' || toString(id) and tag = 'x'"));
    }

    [Fact]
    public async Task Row_ThatDoesNotFit_IsNamed()
    {
        await engine.RunAsync("create table strict (id UInt8, day Date) engine Memory");
        await using var connection = await engine.Source.OpenConnectionAsync(Token);
        var copy = new ClickHouseBulkCopy(connection, "strict");

        var tooBig = await Assert.ThrowsAsync<ArgumentException>(() => copy.WriteAsync([[1, new DateOnly(2026, 1, 1)], [256, new DateOnly(2026, 1, 1)]], Token));
        var tooShort = await Assert.ThrowsAsync<ArgumentException>(() => copy.WriteAsync([[1]], Token));
        var isNull = await Assert.ThrowsAsync<ArgumentException>(() => copy.WriteAsync([[1, null]], Token));

        Assert.Contains("Row 1, column 'id'", tooBig.Message, StringComparison.Ordinal);
        Assert.Contains("1 values for 2 columns", tooShort.Message, StringComparison.Ordinal);
        Assert.Contains("can't be null", isNull.Message, StringComparison.Ordinal);
        Assert.Equal(0UL, await engine.ScalarAsync("select count() from strict"));
    }
}
