using LifecycleMetrics.EndToEnd.Tests.Faults.Harness;

namespace LifecycleMetrics.EndToEnd.Tests.Faults;

/// <summary>kill -9 of the engine at random moments in a stream of events. FAULT_ROUNDS multiplies the rounds.</summary>
public sealed class EngineKilledTests
{
    [Fact]
    public async Task EngineKilled_NothingLostAndNothingDoubled()
    {
        var random = Seed.Random();
        await using var engine = await FaultEngine.StartAsync();
        await using var server = new FaultServer(engine.ConnectionString());
        await server.StartReadyAsync();
        await using var books = new Books(engine.ConnectionString());
        await books.StopMergesAsync();
        await using var load = new Load(server.Url, random);
        load.Start();

        for (var round = 0; round < Seed.Rounds(14); round++)
        {
            await load.WaitForMoreAsync(random.Next(1, 600));
            await Task.Delay(random.Next(400), TestContext.Current.CancellationToken);
            await engine.KillAsync();
            await engine.StartAgainAsync();
            await books.StopMergesAsync();
        }

        await load.WaitForMoreAsync(100);
        await load.FinishAsync();
        Assert.Equal((0, 0), (load.Busy, load.Unanswered));
        await books.BalanceAsync(load, server);
    }
}
