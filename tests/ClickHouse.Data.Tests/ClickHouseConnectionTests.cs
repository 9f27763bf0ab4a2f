using System.Data;
using ClickHouse.Data.Tests.Support;

namespace ClickHouse.Data.Tests;

public sealed class ClickHouseConnectionTests(Engine engine)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task State_FollowsOpenAndClose()
    {
        await using var connection = new ClickHouseConnection(engine.ConnectionString);
        var changes = new List<ConnectionState>();
        connection.StateChange += (_, change) => changes.Add(change.CurrentState);
        Assert.Equal(ConnectionState.Closed, connection.State);

        await connection.OpenAsync(Token);
        Assert.Equal(ConnectionState.Open, connection.State);
        Assert.Throws<InvalidOperationException>(connection.Open);
        Assert.Throws<InvalidOperationException>(() => connection.ConnectionString = "Host=other");
        await connection.CloseAsync();
        await connection.CloseAsync();
        await connection.OpenAsync(Token);

        Assert.Equal([ConnectionState.Open, ConnectionState.Closed, ConnectionState.Open], changes);
    }

    [Fact]
    public async Task ServerVersion_AndDatabase_AreThoseOfTheServer()
    {
        await using var connection = await engine.Source.OpenConnectionAsync(Token);
        await engine.RunAsync("create database if not exists other_database");

        connection.ChangeDatabase("other_database");
        await using var command = connection.CreateCommand();
        command.CommandText = "select currentDatabase()";

        Assert.Equal("other_database", await command.ExecuteScalarAsync(Token));
        Assert.Equal("other_database", connection.Database);
        Assert.True(int.Parse(connection.ServerVersion.Split('.')[0]) >= 25, connection.ServerVersion);
    }

    [Fact]
    public async Task Transactions_AreNotSupportedAndSayWhatToDo()
    {
        await using var connection = await engine.Source.OpenConnectionAsync(Token);

        var error = Assert.Throws<NotSupportedException>(() => connection.BeginTransaction());

        Assert.Contains("deduplication token", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SeveralCommands_AtOnce_ShareAConnection()
    {
        await using var connection = await engine.Source.OpenConnectionAsync(Token);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "select {i:Int32} * 2";
            command.Parameters.AddWithValue("i", i);
            return Convert.ToInt32(await command.ExecuteScalarAsync(Token), System.Globalization.CultureInfo.InvariantCulture);
        }));

        Assert.Equal(Enumerable.Range(0, 20).Select(i => i * 2), answers);
    }

    [Fact]
    public async Task ProviderFactory_MakesWorkingParts()
    {
        await using var source = ClickHouseProviderFactory.Instance.CreateDataSource(engine.ConnectionString);
        await using var command = source.CreateCommand("select {p:Int32} + 1");
        var parameter = ClickHouseProviderFactory.Instance.CreateParameter()!;
        (parameter.ParameterName, parameter.Value) = ("p", 1);
        command.Parameters.Add(parameter);

        Assert.Equal(2L, await command.ExecuteScalarAsync(Token));
    }
}
