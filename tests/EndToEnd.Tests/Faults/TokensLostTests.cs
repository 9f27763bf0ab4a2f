using LifecycleMetrics.EndToEnd.Tests.Faults.Harness;

namespace LifecycleMetrics.EndToEnd.Tests.Faults;

/// <summary>
/// ClickHouse stores the block, the reply is lost, and before the server asks, the engine loses its record of tokens.
/// Rows may be stored again then; they have the same key and count once.
/// </summary>
public sealed class TokensLostTests
{
    [Fact]
    public async Task RecordOfTokensLostAfterCommit_NothingLostAndEachCountsOnce()
    {
        var random = Seed.Random();
        await using var engine = await FaultEngine.StartAsync();
        await using var proxy = new CuttingProxy(engine.Port, random);
        await using var server = new FaultServer(engine.ConnectionString(proxy.Port));
        await server.StartReadyAsync();
        await using var books = new Books(engine.ConnectionString());
        await books.StopMergesAsync();
        await using var load = new Load(server.Url, random) { Pause = TimeSpan.FromMilliseconds(20) };
        var forgotten = 0;
        proxy.AfterReplyCut = async () =>
        {
            await engine.KillAsync();
            foreach (var log in Directory.GetFiles(engine.Files, "deduplication_log_*", SearchOption.AllDirectories))
            {
                File.Delete(log);
                forgotten++;
            }

            await engine.StartAgainAsync();
            await books.StopMergesAsync();
        };
        load.Start();

        for (var round = 1; round <= Seed.Rounds(3); round++)
        {
            await load.WaitForMoreAsync(random.Next(100, 600));
            var isPlanned = true;
            proxy.Plan = _ => isPlanned && !(isPlanned = false) ? Cut.Reply : Cut.Nothing;
            await load.WaitForAsync(() => proxy.Cuts[Cut.Reply] == round);
        }

        await load.WaitForMoreAsync(100);
        await load.FinishAsync();
        TestContext.Current.TestOutputHelper?.WriteLine($"{forgotten} files of the record removed");
        Assert.InRange(forgotten, Seed.Rounds(3), int.MaxValue);
        await books.BalanceAsync(load, server, mayRepeatRows: true);
    }
}
