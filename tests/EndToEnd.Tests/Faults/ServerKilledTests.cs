using LifecycleMetrics.EndToEnd.Tests.Faults.Harness;

namespace LifecycleMetrics.EndToEnd.Tests.Faults;

/// <summary>kill -9 of the server at random moments in a stream of events. FAULT_ROUNDS multiplies the rounds.</summary>
public sealed class ServerKilledTests
{
    [Fact]
    public async Task ServerKilled_NothingLostAndNothingDoubled()
    {
        var random = Seed.Random();
        await using var engine = await FaultEngine.StartAsync();
        await using var server = new FaultServer(engine.ConnectionString());
        await server.StartReadyAsync();
        await using var books = new Books(engine.ConnectionString());
        await books.StopMergesAsync();
        await using var load = new Load(server.Url, random);
        load.Start();

        for (var round = 0; round < Seed.Rounds(26); round++)
        {
            // Every fourth kill comes while the server starts: it recovers its spool then, and has not taken anything yet.
            if (round % 4 != 3) await load.WaitForMoreAsync(random.Next(1, 600));
            await Task.Delay(random.Next(round % 4 == 3 ? 1_500 : 250), TestContext.Current.CancellationToken);
            await server.KillAsync();
            server.Start();
        }

        await load.WaitForMoreAsync(100);
        await load.FinishAsync();
        await books.BalanceAsync(load, server);
    }
}
