using LifecycleMetrics.EndToEnd.Tests.Faults.Harness;

namespace LifecycleMetrics.EndToEnd.Tests.Faults;

/// <summary>The kernel answers fdatasync and fsync of the real server with EIO, now and then.</summary>
public sealed class SyncFailsTests
{
    [Fact]
    public async Task SyncsFail_NothingUnsafeIsAcknowledged()
    {
        await using var engine = await FaultEngine.StartAsync();
        await using var server = new FaultServer(engine.ConnectionString());
        var log = Path.Combine(server.Data.Path, "strace.log");
        // The counts are per thread: of the one that commits every seventh sync fails, from the tenth.
        server.Wrapper = Injection.Wrapper(log, "fdatasync:error=EIO:when=10+7", "fsync:error=EIO:when=3+2");
        await server.StartReadyAsync();
        await using var books = new Books(engine.ConnectionString());
        await books.StopMergesAsync();
        await using var load = new Load(server.Url, Seed.Random());
        load.Start();
        await load.WaitForAsync(() => Injection.Count(log, "fdatasync") >= 40 && Injection.Count(log, "fsync") >= 10);

        // What was acknowledged must be safe: it survives the loss of everything that was only in memory.
        await server.KillAsync();
        var injected = (Injection.Count(log, "fdatasync"), Injection.Count(log, "fsync"));
        server.Wrapper = [];
        server.Start();
        await load.WaitForMoreAsync(100);
        await load.FinishAsync();
        TestContext.Current.TestOutputHelper?.WriteLine($"Failed syncs of files and directories: {injected}");
        Assert.InRange(load.Busy, 40, int.MaxValue);
        await books.BalanceAsync(load, server);
        await server.StopAsync();
    }
}
