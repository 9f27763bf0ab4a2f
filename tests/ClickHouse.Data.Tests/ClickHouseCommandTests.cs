using System.Data;
using System.Diagnostics;
using ClickHouse.Data.Tests.Support;

namespace ClickHouse.Data.Tests;

public sealed class ClickHouseCommandTests(Engine engine)
{
    private const string Endless = "select count() from numbers(1000000000000) where sipHash64(number) = 1";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CancelledToken_KillsTheQueryOnTheServer()
    {
        await using var command = engine.Source.CreateCommand(Endless);
        command.QueryId = Guid.NewGuid().ToString();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var running = command.ExecuteScalarAsync(stop.Token);
        await engine.EventuallyAsync(Processes(command.QueryId), 1UL);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await engine.EventuallyAsync(Processes(command.QueryId), 0UL);
    }

    [Fact]
    public async Task CancelledToken_OfAReadOnlyUser_KillsTheQueryToo()
    {
        await using var reader = new ClickHouseDataSource(engine.ReaderConnectionString);
        await using var command = reader.CreateCommand("select sum(sipHash64(number)) from numbers(1000000000000)");
        command.QueryId = Guid.NewGuid().ToString();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var running = command.ExecuteScalarAsync(stop.Token);
        await engine.EventuallyAsync(Processes(command.QueryId), 1UL);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await engine.EventuallyAsync(Processes(command.QueryId), 0UL);
    }

    [Fact]
    public async Task CancelledToken_WhileRowsStream_KillsTheQueryOnTheServer()
    {
        await using var command = engine.Source.CreateCommand("select number, sleepEachRow(0.01) from numbers(1000000) settings max_block_size = 1");
        command.QueryId = Guid.NewGuid().ToString();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using var reader = await command.ExecuteReaderAsync(stop.Token);
        Assert.True(await reader.ReadAsync(stop.Token));

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            while (await reader.ReadAsync(stop.Token))
            {
            }
        });
        await engine.EventuallyAsync(Processes(command.QueryId), 0UL);
    }

    [Fact]
    public async Task Cancel_FromAnotherThread_StopsTheExecution()
    {
        await using var command = engine.Source.CreateCommand(Endless);
        command.QueryId = Guid.NewGuid().ToString();
        var running = command.ExecuteScalarAsync(Token);
        await engine.EventuallyAsync(Processes(command.QueryId), 1UL);

        command.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await engine.EventuallyAsync(Processes(command.QueryId), 0UL);

        command.CommandText = "select 1";
        Assert.Equal((byte)1, await command.ExecuteScalarAsync(Token));
        command.Cancel(); // too late, and no fault
    }

    [Fact]
    public async Task CommandTimeout_IsTheServersTimeLimit()
    {
        await using var command = engine.Source.CreateCommand(Endless);
        command.CommandTimeout = 1;
        var started = Stopwatch.GetTimestamp();

        var error = await Assert.ThrowsAsync<ClickHouseException>(() => command.ExecuteScalarAsync(Token));

        Assert.Equal(159, error.ServerCode);
        Assert.Equal("TIMEOUT_EXCEEDED", error.ServerCodeName);
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0.9, 5);
    }

    [Fact]
    public async Task CommandTimeout_IfTheServerDoesNotKeepIt_IsTheClients()
    {
        // The setting of the command goes before the one made from the timeout.
        await using var command = engine.Source.CreateCommand(Endless);
        command.CommandTimeout = 1;
        command.Settings["max_execution_time"] = "0";
        command.QueryId = Guid.NewGuid().ToString();

        var error = await Assert.ThrowsAsync<ClickHouseException>(() => command.ExecuteScalarAsync(Token));

        Assert.Equal(159, error.ServerCode);
        Assert.IsType<TimeoutException>(error.InnerException);
        await engine.EventuallyAsync(Processes(command.QueryId), 0UL);
    }

    [Fact]
    public async Task Settings_OfTheCommand_ReachTheServer()
    {
        await using var source = new ClickHouseDataSource(engine.ConnectionString + ";set_max_threads=3;set_max_block_size=1000");
        await using var command = source.CreateCommand("select getSetting('max_threads') * 100000 + getSetting('max_block_size')");
        command.Settings["max_threads"] = "2";

        Assert.Equal(201000, Convert.ToInt32(await command.ExecuteScalarAsync(Token), System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task LongParameters_GoIntoTheBody()
    {
        var text = new string('é', 50_000) + "'\\\t";

        Assert.Equal(text, await engine.ScalarAsync("select {p:String}", text));
        Assert.Equal((ulong)9_000, await engine.ScalarAsync("select length({p:Array(UInt64)})", Enumerable.Range(10_000, 9_000).ToArray()));
    }

    [Fact]
    public async Task Parameter_IsNeverReadAsSql()
    {
        const string Evil = "'); drop table x; -- {p:String} \\' \"`";

        Assert.Equal(Evil, await engine.ScalarAsync("select {p:String} /* {comment:String} */ where '{text:String}' != ''", Evil));
    }

    [Fact]
    public async Task Parameter_WithoutTypeInSql_IsFormattedAfterItsValue()
    {
        await using var command = engine.Source.CreateCommand("select {at:DateTime64(3)}, {day:String}, {list:Array(Nullable(Int64))}, {nothing:Nullable(Int8)}");
        command.Parameters.AddWithValue("@at", new DateTimeOffset(2026, 1, 1, 2, 0, 0, TimeSpan.FromHours(2)));
        command.Parameters.AddWithValue("day", new DateOnly(2026, 1, 2), "Date");
        command.Parameters.AddWithValue("list", new object?[] { 1, null, 3L });
        command.Parameters.AddWithValue("nothing", DBNull.Value);
        await using var reader = await command.ExecuteReaderAsync(Token);
        Assert.True(await reader.ReadAsync(Token));

        Assert.Equal(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), reader.GetDateTime(0));
        Assert.Equal("2026-01-02", reader.GetString(1));
        Assert.Equal([1, null, 3], reader.GetFieldValue<long?[]>(2));
        Assert.True(reader.IsDBNull(3));
    }

    [Fact]
    public async Task Parameter_OfAWrongValue_IsNamed()
    {
        await using var command = engine.Source.CreateCommand("select {day:Date}");
        command.Parameters.AddWithValue("day", 5);

        var error = await Assert.ThrowsAsync<InvalidCastException>(() => command.ExecuteScalarAsync(Token));

        Assert.Contains("'day'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Placeholder_WithoutValue_IsRefusedBeforeItBecomesNull()
    {
        await using var command = engine.Source.CreateCommand("select {p:Nullable(Int32)}, {q:Int32}");
        command.Parameters.AddWithValue("q", 1);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => command.ExecuteScalarAsync(Token));

        Assert.Contains("{p}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ParameterizedView_KeepsItsPlaceholders()
    {
        await engine.RunAsync("create view at_least as select number from numbers(10) where number >= {lowest:UInt64}");

        Assert.Equal(3UL, await engine.ScalarAsync("select count() from at_least(lowest = {p:UInt64})", 7));
    }

    [Fact]
    public async Task ExecuteNonQuery_GivesTheRowsWritten()
    {
        await engine.RunAsync("create table counted (n UInt64) engine Memory");
        await using var command = engine.Source.CreateCommand("insert into counted select number from numbers(42)");

        Assert.Equal(42, await command.ExecuteNonQueryAsync(Token));
    }

    [Fact]
    public async Task ExecuteNonQuery_WithoutSummary_DoesNotKnowTheRowsWritten()
    {
        await engine.RunAsync("create table uncounted (n UInt64) engine Memory");
        using var handler = new SummaryDropped();
        await using var source = new ClickHouseDataSource(engine.ConnectionString, handler);
        await using var command = source.CreateCommand("insert into uncounted select number from numbers(42)");

        Assert.Equal(-1, await command.ExecuteNonQueryAsync(Token));
        Assert.Equal(42UL, await engine.ScalarAsync("select count() from uncounted"));
    }

    [Fact]
    public async Task Scalar_WithoutRow_IsNull()
    {
        Assert.Null(await engine.ScalarAsync("select 1 where 0"));
        Assert.Equal(DBNull.Value, await engine.ScalarAsync("select null"));
    }

    [Fact]
    public async Task FormatClause_IsRefusedWithAReason()
    {
        await using var command = engine.Source.CreateCommand("select 1 format JSON");

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => command.ExecuteReaderAsync(Token));

        Assert.Contains("FORMAT", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoStatements_AreRefusedByTheServer()
    {
        var error = await Assert.ThrowsAsync<ClickHouseException>(() => engine.ScalarAsync("select 1; select 2"));

        Assert.Equal(62, error.ServerCode);
    }

    [Fact]
    public void Misuse_HasOrdinaryExceptions()
    {
        using var command = new ClickHouseCommand();
        Assert.Throws<InvalidOperationException>(() => command.ExecuteScalar());
        Assert.Throws<NotSupportedException>(() => command.CommandType = CommandType.StoredProcedure);
        Assert.Throws<ArgumentOutOfRangeException>(() => command.CommandTimeout = -1);

        using var closed = engine.Source.CreateConnection();
        using var onClosed = new ClickHouseCommand("select 1", closed);
        Assert.Throws<InvalidOperationException>(() => onClosed.ExecuteScalar());
    }

    private static string Processes(string queryId) => $"select count() from system.processes where query_id = '{queryId}'";
}
