using LifecycleMetrics.EndToEnd.Tests.Faults.Harness;

namespace LifecycleMetrics.EndToEnd.Tests.Faults;

/// <summary>Senders give up waiting and send the same message ids again while the first request is still under way.</summary>
public sealed class ImpatientSenderTests
{
    [Fact]
    public async Task ResentWhileUnderWay_IsStoredOnce()
    {
        await using var engine = await FaultEngine.StartAsync();
        await using var server = new FaultServer(engine.ConnectionString());
        var log = Path.Combine(server.Data.Path, "strace.log");
        // A slow disk: each sync takes 100 ms, and a sender waits for 10 to 500 ms.
        server.Wrapper = Injection.Wrapper(log, "fdatasync:delay_enter=100000");
        await server.StartReadyAsync();
        await using var books = new Books(engine.ConnectionString());
        await books.StopMergesAsync();
        await using var load = new Load(server.Url, Seed.Random(), senders: 8)
        {
            Patience = random => TimeSpan.FromMilliseconds(random.Next(10, 500)),
        };
        load.Start();
        await load.WaitForAsync(() => load.Unanswered >= 100 && load.Acknowledged.Count >= 2_000);

        await load.FinishAsync();
        Assert.InRange(load.Duplicates, 1_000, long.MaxValue);
        await books.BalanceAsync(load, server);
        await server.StopAsync();
    }
}
