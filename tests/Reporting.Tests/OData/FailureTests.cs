using System.Net;
using ClickHouse.Data;
using LifecycleMetrics.Reporting.OData.Schema;
using LifecycleMetrics.Testing;

namespace LifecycleMetrics.Reporting.Tests.OData;

/// <summary>What happens when the database fails, is slow, changes, or the client leaves.</summary>
public sealed class FailureTests(EngineFixture engine) : IAsyncLifetime
{
    private const string Endless = "select number as id, number as v from numbers(1000000000000) where sipHash64(number) = 1";

    private TestDatabase _database = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await engine.CreateDatabaseAsync(migrated: false);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Query_FailsBeforeTheFirstByte_IsACleanError()
    {
        await CreateAsync("kpi_broken", "select number as id, throwIf(number = 0, 'boom') as v from numbers(1000)");
        await using var host = await ODataHost.StartAsync(_database);

        using var response = await host.Client.GetAsync("odata/Brokens", Cancellation);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.StartsWith("{\"error\":{\"code\":\"InternalError\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("boom", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("gzip")]
    public async Task Database_DiesAfterRowsWereSent_CutsTheConnection(string? encoding)
    {
        await CreateAsync("kpi_long", "select number as id, sipHash64(number) as v from numbers(1000000)");
        await using var proxy = new CuttingProxy(engine.Engine.HttpPort);
        var connection = new ClickHouseConnectionStringBuilder(_database.ConnectionString(Storage.StorageUser.OData)) { Port = proxy.Port };
        await using var host = await ODataHost.StartAsync(
            _database,
            ("ClickHouse:ODataConnectionString", connection.ConnectionString),
            ("Reporting:OData:DefaultPageSize", "1000000"), ("Reporting:OData:MaxPageSize", "1000000"));
        await host.Client.GetStringAsync("odata", Cancellation);
        proxy.Remaining = 2_000_000;

        using var request = new HttpRequestMessage(HttpMethod.Get, "odata/Longs");
        if (encoding is not null)
            request.Headers.Add("Accept-Encoding", encoding);
        using var response = await host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await Assert.ThrowsAnyAsync<Exception>(() => response.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Fact]
    public async Task Client_Leaves_KillsTheQuery()
    {
        await CreateAsync("kpi_endless", Endless);
        await using var host = await ODataHost.StartAsync(_database);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var request = host.Client.GetAsync("odata/Endlesses?$count=true", leaving.Token);
        await UntilRunningAsync(queries => queries == 2);
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        await UntilRunningAsync(queries => queries == 0);
    }

    [Fact]
    public async Task Query_OverTheTimeLimit_IsATimeout()
    {
        await CreateAsync("kpi_endless", Endless);
        await using var host = await ODataHost.StartAsync(_database, ("Reporting:OData:QueryTimeout", "00:00:01"));

        using var response = await host.Client.GetAsync("odata/Endlesses/$count", Cancellation);

        Assert.Equal(HttpStatusCode.GatewayTimeout, response.StatusCode);
        await UntilRunningAsync(queries => queries == 0);
    }

    [Fact]
    public async Task Schema_Changes_ShowsWithoutRestart()
    {
        await CreateAsync("kpi_first", "select 1 as id, 1 as v");
        await using var host = await ODataHost.StartAsync(_database, ("Reporting:OData:SchemaRefresh", "00:00:00.001"));
        Assert.DoesNotContain("Seconds", await host.Client.GetStringAsync("odata", Cancellation), StringComparison.Ordinal);

        await CreateAsync("kpi_second", "select 1 as id, 1 as v");

        while (!(await host.Client.GetStringAsync("odata", Cancellation)).Contains("Seconds", StringComparison.Ordinal))
            Cancellation.ThrowIfCancellationRequested();
    }

    [Fact]
    public async Task View_WithoutKey_IsLeftOutAndTheRestServed()
    {
        await CreateAsync("kpi_first", "select 1 as id, 1 as v");
        await SomeData.ExecuteAsync(_database, "create view kpi_keyless as select 1 as id comment 'No key here'");
        await using var host = await ODataHost.StartAsync(_database);

        var document = await host.Client.GetStringAsync("odata", Cancellation);

        Assert.Contains("Firsts", document, StringComparison.Ordinal);
        Assert.DoesNotContain("Keyless", document, StringComparison.Ordinal);
    }

    private Task CreateAsync(string name, string select) => SomeData.ExecuteAsync(_database, SomeViews.Create(
        new PublishedView(name, "For a test\nkey: id", [new PublishedColumn("id", "UInt64", "Key"), new PublishedColumn("v", "UInt64", "Value")]), select));

    private async Task UntilRunningAsync(Func<long, bool> condition)
    {
        while (!condition(await RunningAsync()))
            Cancellation.ThrowIfCancellationRequested();
    }

    private async Task<long> RunningAsync()
    {
        await using var command = _database.Writer.CreateCommand(
            "select toInt64(count()) from system.processes where current_database = {name:String} and user = 'lm_odata'");
        command.Parameters.Add(new ClickHouseParameter("name", _database.Name));
        return (long)(await command.ExecuteScalarAsync(Cancellation))!;
    }
}
