using Dapper;
using LifecycleMetrics.Server.Demo;
using LifecycleMetrics.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace LifecycleMetrics.Server.Tests.Demo;

/// <summary>The demo through real HTTP, the real spool and the real engine.</summary>
public sealed class DemoFeederTests(EngineFixture engine) : IClassFixture<EngineFixture>, IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("demo-test-").FullName;
    private readonly DemoOptions _shop = new() { Customers = 200, LiveEventsPerSecond = 200 };

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task LoadHistory_EveryEvent_IsInTheDatabaseOnce_WithItsCosts()
    {
        await using var database = await engine.CreateDatabaseAsync();
        await using var host = await IngestHost.StartAsync(database, Path.Combine(_directory, "ingest"));
        var reports = new Reports();

        await Feeder(host).LoadHistoryAsync(reports, TestContext.Current.CancellationToken);
        await host.StopAsync();

        var history = new History(DemoState.Read(_directory)!.End, _shop.Days);
        var touches = new World(history, _shop).Touches().ToArray();
        Assert.Equal(touches.DistinctBy(t => (t.Person.Id, t.Ordinal)).Count(), await CountAsync(database, "select count() from touchpoint final"));
        Assert.Equal(touches.Length, reports.Last.Events);
        Assert.Equal(
            CampaignCost.Of(history, _shop).Sum(c => c.CostMinor),
            await CountAsync(database, "select sum(cost_minor) from campaign_cost final"));
        Assert.Equal(7, await CountAsync(database, "select toInt64(uniqExact(source)) from touchpoint"));
        Assert.True(Feeder(host).IsHistoryLoaded);
    }

    [Fact]
    public async Task LoadHistory_Interrupted_IsContinuedWithoutLossOrDouble()
    {
        await using var database = await engine.CreateDatabaseAsync();
        await using var host = await IngestHost.StartAsync(database, Path.Combine(_directory, "ingest"));
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Feeder(host).LoadHistoryAsync(new Reports(interrupt, after: 3), interrupt.Token));
        Assert.False(Feeder(host).IsHistoryLoaded);

        await Feeder(host).LoadHistoryAsync(progress: null, TestContext.Current.CancellationToken);
        await host.StopAsync();

        var history = new History(DemoState.Read(_directory)!.End, _shop.Days);
        Assert.Equal(
            new World(history, _shop).Touches().DistinctBy(t => (t.Person.Id, t.Ordinal)).Count(),
            await CountAsync(database, "select count() from touchpoint final"));
    }

    [Fact]
    public async Task LoadHistory_WrongKey_FailsWithTheServersAnswer()
    {
        await using var database = await engine.CreateDatabaseAsync();
        await using var host = await IngestHost.StartAsync(database, Path.Combine(_directory, "ingest"));
        var feeder = new DemoFeeder(host.Client, "wrong", _directory, _shop, TimeProvider.System, NullLogger<DemoFeeder>.Instance);

        var error = await Assert.ThrowsAsync<HttpRequestException>(
            () => feeder.LoadHistoryAsync(progress: null, TestContext.Current.CancellationToken));

        Assert.Contains("401", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trickle_SendsEventsOfNow_UntilItIsCancelled()
    {
        await using var database = await engine.CreateDatabaseAsync();
        await using var host = await IngestHost.StartAsync(database, Path.Combine(_directory, "ingest"));
        new DemoState(1, 200, 9, 365, DateTimeOffset.UtcNow) { IsLoaded = true }.Write(_directory);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var trickle = Feeder(host).TrickleAsync(stop.Token);
        while (await CountAsync(database, "select count() from touchpoint") < 100)
            await Task.Delay(50, TestContext.Current.CancellationToken);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => trickle);
        Assert.Equal(0, await CountAsync(
            database, "select count() from touchpoint where abs(dateDiff('second', occurred_at, now64(3))) > 60"));
    }

    private DemoFeeder Feeder(IngestHost host) =>
        new(host.Client, IngestHost.Key, _directory, _shop, TimeProvider.System, NullLogger<DemoFeeder>.Instance);

    private static async Task<long> CountAsync(TestDatabase database, string sql)
    {
        await using var connection = await database.Writer.OpenConnectionAsync(TestContext.Current.CancellationToken);
        return Convert.ToInt64(await connection.ExecuteScalarAsync(sql));
    }

    private sealed class Reports(CancellationTokenSource? interrupt = null, int after = 0) : IProgress<DemoProgress>
    {
        private int _count;

        public DemoProgress Last { get; private set; } = new(0, 0);

        public void Report(DemoProgress value)
        {
            Last = value;
            if (interrupt is not null && Interlocked.Increment(ref _count) >= after)
                interrupt.Cancel();
        }
    }
}
