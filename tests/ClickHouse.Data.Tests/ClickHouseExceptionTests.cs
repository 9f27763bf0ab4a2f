using System.Net;
using System.Net.Sockets;
using ClickHouse.Data.Tests.Support;

namespace ClickHouse.Data.Tests;

public sealed class ClickHouseExceptionTests(Engine engine)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RefusedQuery_GivesCodeNameAndQueryId()
    {
        await using var command = engine.Source.CreateCommand("select no_such_column");
        command.QueryId = Guid.NewGuid().ToString();

        var error = await Assert.ThrowsAsync<ClickHouseException>(() => command.ExecuteReaderAsync(Token));

        Assert.Equal(47, error.ServerCode);
        Assert.Equal("UNKNOWN_IDENTIFIER", error.ServerCodeName);
        Assert.Equal(command.QueryId, error.QueryId);
        Assert.False(error.IsTransient);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task ErrorInMidStream_ComesAfterTheRowsBeforeIt(string compression)
    {
        await using var source = new ClickHouseDataSource($"{engine.ConnectionString};Compression={compression}");
        await using var command = source.CreateCommand("select throwIf(number = 3000000) as x, number from numbers(10000000) settings max_threads = 1");
        await using var rows = await command.ExecuteRowsAsync(Token);
        var count = 0L;

        var error = await Assert.ThrowsAsync<ClickHouseException>(async () =>
        {
            while (await rows.ReadAsync(Token))
            {
                // Every row is a whole one: nothing of the error text is taken for a value.
                Assert.Equal(count, rows.GetInt64(1));
                count++;
            }
        });

        Assert.InRange(count, 1, 3_000_000);
        Assert.Equal(395, error.ServerCode);
        Assert.Equal("FUNCTION_THROW_IF_VALUE_IS_NON_ZERO", error.ServerCodeName);
        Assert.Equal(command.QueryId ?? rows.QueryId, error.QueryId);
        Assert.StartsWith("Code: 395. DB::Exception: Value passed to 'throwIf'", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("__exception__", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ErrorInMidStream_IsNotLostByExecuteNonQuery()
    {
        await using var command = engine.Source.CreateCommand("select throwIf(number = 3000000) from numbers(10000000)");

        Assert.Equal(395, (await Assert.ThrowsAsync<ClickHouseException>(() => command.ExecuteNonQueryAsync(Token))).ServerCode);
    }

    [Fact]
    public async Task ConnectionAfterAnErrorInMidStream_IsGood()
    {
        for (var i = 0; i < 5; i++)
        {
            await using var command = engine.Source.CreateCommand("select throwIf(number = 1000000) from numbers(2000000)");
            await Assert.ThrowsAsync<ClickHouseException>(() => command.ExecuteNonQueryAsync(Token));
            Assert.Equal((byte)1, await engine.ScalarAsync("select 1"));
        }
    }

    [Fact]
    public async Task WrongPassword_IsCode516AndNotInTheMessage()
    {
        var options = new ClickHouseConnectionStringBuilder(engine.ConnectionString) { Password = "not-the-secret" };
        await using var source = new ClickHouseDataSource(options.ConnectionString);
        await using var command = source.CreateCommand("select 1");

        var error = await Assert.ThrowsAsync<ClickHouseException>(() => command.ExecuteScalarAsync(Token));

        Assert.Equal(516, error.ServerCode);
        Assert.False(error.IsTransient);
        Assert.DoesNotContain("not-the-secret", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("not-the-secret", source.ConnectionString, StringComparison.Ordinal);
        Assert.DoesNotContain("not-the-secret", source.CreateConnection().ConnectionString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoServer_IsTransientAndNamesTheAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        await using var source = new ClickHouseDataSource($"Host=127.0.0.1;Port={port};Password=not-the-secret");
        await using var command = source.CreateCommand("select 1");

        var error = await Assert.ThrowsAsync<ClickHouseException>(() => command.ExecuteScalarAsync(Token));

        Assert.True(error.IsTransient);
        Assert.Equal(0, error.ServerCode);
        Assert.Contains($"127.0.0.1:{port}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("not-the-secret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MemoryLimit_IsTransient()
    {
        await using var command = engine.Source.CreateCommand("select groupArray(number) from numbers(100000000)");
        command.Settings["max_memory_usage"] = "10000000";

        var error = await Assert.ThrowsAsync<ClickHouseException>(() => command.ExecuteScalarAsync(Token));

        Assert.Equal("MEMORY_LIMIT_EXCEEDED", error.ServerCodeName);
        Assert.True(error.IsTransient);
    }
}
