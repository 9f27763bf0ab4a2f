using LifecycleMetrics.EndToEnd.Tests.Faults.Harness;

namespace LifecycleMetrics.EndToEnd.Tests.Faults;

/// <summary>ClickHouse is gone or answers nothing for a while; events are taken all the time. FAULT_OUTAGE_SECONDS sets how long.</summary>
public sealed class EngineAwayTests
{
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(Seed.Setting("FAULT_OUTAGE_SECONDS", 10));

    [Fact]
    public async Task EngineDown_EventsAreTakenAndStoredAfterwards()
    {
        await using var engine = await FaultEngine.StartAsync();
        await AwayAsync(engine, engine.KillAsync, async () =>
        {
            await engine.StartAgainAsync();
        });
    }

    [Fact]
    public async Task EngineStalled_EventsAreTakenAndStoredAfterwards()
    {
        await using var engine = await FaultEngine.StartAsync();
        await AwayAsync(engine, engine.StallAsync, engine.ResumeAsync);
    }

    private static async Task AwayAsync(FaultEngine engine, Func<Task> leave, Func<Task> comeBack)
    {
        await using var server = new FaultServer(engine.ConnectionString());
        await server.StartReadyAsync();
        await using var books = new Books(engine.ConnectionString());
        await books.StopMergesAsync();
        await using var load = new Load(server.Url, Seed.Random()) { Pause = TimeSpan.FromMilliseconds(20) };
        load.Start();
        await load.WaitForMoreAsync(1_000);

        await leave();
        var before = load.Acknowledged.Count;
        await Task.Delay(Outage, TestContext.Current.CancellationToken);
        var taken = load.Acknowledged.Count - before;
        await comeBack();

        await load.WaitForMoreAsync(100);
        await load.FinishAsync();
        TestContext.Current.TestOutputHelper?.WriteLine($"{taken} events taken during {Outage}");
        Assert.InRange(taken, 1_000, int.MaxValue);
        Assert.Equal((0, 0), (load.Busy, load.Unanswered));
        await books.BalanceAsync(load, server);
    }
}
