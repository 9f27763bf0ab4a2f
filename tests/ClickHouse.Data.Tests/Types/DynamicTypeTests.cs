using ClickHouse.Data.Tests.Support;

namespace ClickHouse.Data.Tests.Types;

public sealed class DynamicTypeTests(Engine engine)
{
    [Theory]
    [InlineData("toInt32(-5)", -5)]
    [InlineData("'text'", "text")]
    [InlineData("2.5", 2.5)]
    [InlineData("true", true)]
    [InlineData("toFixedString('ab', 3)", "ab")]
    [InlineData("cast('b' as Enum8('a' = -1, 'b' = 2))", "b")]
    [InlineData("cast('b' as Enum16('a' = -1, 'b' = 2000))", "b")]
    [InlineData("['x', 'y']", new[] { "x", "y" })]
    [InlineData("cast('x' as LowCardinality(String))", "x")]
    public async Task Value_IsReadAsTheTypeItHas(string expression, object expected) =>
        Assert.Equal(expected, await engine.ScalarAsync($"select cast({expression} as Dynamic)"));

    [Fact]
    public async Task ValueOfATypeWithArguments_IsRead()
    {
        var at = new DateTime(2026, 7, 1, 10, 0, 0, DateTimeKind.Utc);

        Assert.Equal(at, await engine.ScalarAsync("select cast(toDateTime('2026-07-01 12:00:00', 'Europe/Madrid') as Dynamic)"));
        Assert.Equal(at, await engine.ScalarAsync("select cast(toDateTime64('2026-07-01 12:00:00', 3, 'Europe/Madrid') as Dynamic)"));
        Assert.Equal(at, await engine.ScalarAsync("select cast(toDateTime64('2026-07-01 10:00:00', 3) as Dynamic)"));
        Assert.Equal(1.25m, await engine.ScalarAsync("select cast(toDecimal64(1.25, 2) as Dynamic)"));
        Assert.Equal(new ClickHouseTuple([], (byte)1, "x"), await engine.ScalarAsync("select cast((1, 'x') as Dynamic)"));
        Assert.Equal(
            new ClickHouseTuple([], (byte)1, "x"),
            await engine.ScalarAsync("select cast(cast((1, 'x') as Tuple(a UInt8, `b c` String)) as Dynamic)"));
        Assert.Equal(
            new Dictionary<string, long>(StringComparer.Ordinal) { ["k"] = 1 },
            await engine.ScalarAsync("select cast(cast(map('k', 1) as Map(String, Int64)) as Dynamic)"));
    }

    [Fact]
    public async Task Null_IsNull_AndTheNextColumnIsRight()
    {
        await using var command = engine.Source.CreateCommand("select cast(null as Dynamic), 7, cast('x' as Dynamic), cast(5 as Variant(String, UInt8)), 8");
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        Assert.True(await reader.ReadAsync(TestContext.Current.CancellationToken));

        Assert.True(reader.IsDBNull(0));
        Assert.Equal((7, "x", 5, 8), (reader.GetInt32(1), reader.GetString(2), reader.GetInt32(3), reader.GetInt32(4)));
        Assert.False(reader.IsDBNull(2));
    }
}
