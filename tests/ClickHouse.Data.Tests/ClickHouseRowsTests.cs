using System.Text;
using ClickHouse.Data.Tests.Support;

namespace ClickHouse.Data.Tests;

public sealed class ClickHouseRowsTests(Engine engine)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Values_AreReadInPlace()
    {
        await using var command = engine.Source.CreateCommand(
            "select number as id, concat('name ', toString(number)) as name, if(number = 1, null, number / 4) as share, toDateTime64(number, 3, 'UTC') as at from numbers(3) order by id");
        await using var rows = await command.ExecuteRowsAsync(Token);
        var seen = new List<string>();
        while (await rows.ReadAsync(Token))
        {
            var share = rows.IsNull(2) ? -1 : rows.GetDouble(2);
            seen.Add($"{rows.GetInt64(0)}|{Encoding.UTF8.GetString(rows.GetUtf8(1))}|{share}|{rows.GetDateTime(3):ss}|{rows.GetRaw(0).Length}");
        }

        Assert.Equal(["0|name 0|0|00|8", "1|name 1|-1|01|8", "2|name 2|0.5|02|8"], seen);
    }

    [Fact]
    public async Task Row_LargerThanTheBuffer_IsReadWhole()
    {
        await using var command = engine.Source.CreateCommand(
            "select repeat(repeat(char(97 + number), 10), 100 * 1000 * number) as text, range(number * 100000) as numbers, number from numbers(4)");
        await using var rows = await command.ExecuteRowsAsync(Token);
        for (var i = 0; i < 4; i++)
        {
            Assert.True(await rows.ReadAsync(Token));
            Assert.Equal(1000 * 1000 * i, rows.GetUtf8(0).Length);
            Assert.Equal(-1, rows.GetUtf8(0).IndexOfAnyExcept((byte)('a' + i)));
            Assert.Equal(100_000 * i, rows.Get<ulong[]>(1).Length);
            Assert.Equal(i, rows.GetInt64(2));
        }

        Assert.False(await rows.ReadAsync(Token));
    }

    [Fact]
    public async Task Dispose_InTheMiddleOfAResult_EndsTheQueryOnTheServer()
    {
        await using var command = engine.Source.CreateCommand("select number, sleepEachRow(0.001) from numbers(1000000) settings max_block_size = 10");
        command.QueryId = Guid.NewGuid().ToString();
        await using (var rows = await command.ExecuteRowsAsync(Token))
        {
            Assert.True(await rows.ReadAsync(Token));
        }

        await engine.EventuallyAsync($"select count() from system.processes where query_id = '{command.QueryId}'", 0UL);
    }

    [Fact]
    public async Task GetUtf8_OfANumber_IsRefused()
    {
        await using var command = engine.Source.CreateCommand("select 1 as n");
        await using var rows = await command.ExecuteRowsAsync(Token);
        Assert.True(await rows.ReadAsync(Token));

        Assert.Contains("'n'", Assert.Throws<InvalidCastException>(() => rows.GetUtf8(0).Length).Message, StringComparison.Ordinal);
    }
}
