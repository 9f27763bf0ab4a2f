using ClickHouse.Data.Tests.Support;
using Dapper;

namespace ClickHouse.Data.Tests;

/// <summary>What callers may rely on when they use the provider through Dapper.</summary>
public sealed class DapperTests(Engine engine)
{
    private enum Colour
    {
        Red = 1,
    }

    [Fact]
    public async Task Parameters_AreAllPassedOn()
    {
        await using var connection = await engine.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var parameters = new ClickHouseParameters(new
        {
            text = "it's",
            number = 5,
            at = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc),
            day = new DateOnly(2026, 1, 2),
            id = Guid.Empty,
            address = System.Net.IPAddress.Loopback,
            wide = Int128.MaxValue,
            nothing = (int?)null,
            flag = true,
        });

        var row = await connection.QuerySingleAsync<string>(
            """
            select concat({text:String}, '|', toString({number:Int32}), '|', toString({at:DateTime('UTC')}), '|', toString({day:Date}), '|',
                toString({id:UUID}), '|', toString({address:IPv4}), '|', toString({wide:Int128}), '|', isNull({nothing:Nullable(Int32)}), '|', toString({flag:Bool}))
            """,
            parameters);

        Assert.Equal("it's|5|2026-01-01 00:00:00|2026-01-02|00000000-0000-0000-0000-000000000000|127.0.0.1|170141183460469231731687303715884105727|1|true", row);
    }

    [Fact]
    public async Task ArraysAndLists_StayOneValue()
    {
        await using var connection = engine.Source.CreateConnection();

        Assert.Equal(3, await connection.QuerySingleAsync<int>("select length({p:Array(String)})", new ClickHouseParameters(new { p = new[] { "a", "b'", "c" } })));
        Assert.Equal(6, await connection.QuerySingleAsync<int>("select arraySum({p:Array(Int32)})", new ClickHouseParameters(new { p = new List<int> { 1, 2, 3 } })));
        Assert.Equal(0, await connection.QuerySingleAsync<int>("select length({p:Array(Int32)})", new ClickHouseParameters { ["p"] = Array.Empty<int>() }));
        Assert.Equal(7, await connection.QuerySingleAsync<int>("select {p:Map(String, Int32)}['k']", new ClickHouseParameters(new { p = new Dictionary<string, int>(StringComparer.Ordinal) { ["k"] = 7 } })));
    }

    [Fact]
    public async Task AnonymousObject_WhoseValuesDapperDrops_IsAnErrorAndNotANull()
    {
        await using var connection = engine.Source.CreateConnection();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => connection.QuerySingleAsync<int?>("select {p:Nullable(Int32)}", new { p = 5 }));

        Assert.Contains(nameof(ClickHouseParameters), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_MapToRecordsAndClasses()
    {
        const string Sql = "select toUInt64(3) as Id, toDate('2026-01-02') as Day, toDateTime64('2026-01-02 03:04:05.678', 3, 'UTC') as At, 'x' as Name, toDecimal64(1.5, 2) as Amount, cast(null as Nullable(Float64)) as Share, ['a'] as Tags, cast('Red' as Enum8('Red' = 1)) as Tint";
        await using var connection = engine.Source.CreateConnection();
        var at = new DateTime(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc);

        var record = await connection.QuerySingleAsync<Exact>(Sql);
        var loose = await connection.QuerySingleAsync<Loose>(Sql);

        Assert.Equal(new Exact(3, new DateOnly(2026, 1, 2), at, "x", 1.5m, null, record.Tags, "Red"), record);
        Assert.Equal(["a"], record.Tags);
        Assert.Equal(DateTimeKind.Utc, record.At.Kind);
        Assert.Equal((3L, new DateTime(2026, 1, 2), new DateTimeOffset(at), 1.5, Colour.Red), (loose.Id, loose.Day, loose.At, loose.Amount, loose.Tint));
    }

    [Fact]
    public async Task Unbuffered_Query_Streams()
    {
        await using var connection = await engine.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var (count, sum) = (0, 0L);
        await foreach (var number in connection.QueryUnbufferedAsync<long>("select number from numbers(100000)"))
        {
            count++;
            sum += number;
        }

        Assert.Equal((100_000, 4_999_950_000), (count, sum));
    }

    [Fact]
    public async Task First_OfManyRows_LeavesTheConnectionUsable()
    {
        await using var connection = await engine.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(0L, await connection.QueryFirstAsync<long>("select number from numbers(10000000)"));
        }

        Assert.Equal(2, await connection.ExecuteScalarAsync<int>("select 1 + 1"));
    }

    [Fact]
    public async Task Execute_WithCancellation_StopsByToken()
    {
        await using var connection = engine.Source.CreateConnection();
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connection.ExecuteScalarAsync<long>(
            new CommandDefinition("select count() from numbers(1000000000000) where sipHash64(number) = 1", cancellationToken: stop.Token)));
    }

    private sealed record Exact(ulong Id, DateOnly Day, DateTime At, string Name, decimal Amount, double? Share, string[] Tags, string Tint);

    private sealed class Loose
    {
        public long Id { get; set; }

        public DateTime Day { get; set; }

        public DateTimeOffset At { get; set; }

        public double Amount { get; set; }

        public Colour Tint { get; set; }
    }
}
