using LifecycleMetrics.EndToEnd.Tests.Faults.Harness;

namespace LifecycleMetrics.EndToEnd.Tests.Faults;

/// <summary>The connection to ClickHouse breaks while an insert is under way, over and over.</summary>
public sealed class ReplyLostTests
{
    [Fact]
    public async Task ConnectionCutAtRandom_NothingLostAndNothingDoubled()
    {
        var random = Seed.Random();
        await using var engine = await FaultEngine.StartAsync();
        await using var proxy = new CuttingProxy(engine.Port, random);
        await using var server = new FaultServer(engine.ConnectionString(proxy.Port));
        await server.StartReadyAsync();
        await using var books = new Books(engine.ConnectionString());
        await books.StopMergesAsync();
        proxy.Plan = dice => (Cut)dice.Next(4);
        await using var load = new Load(server.Url, random) { Pause = TimeSpan.FromMilliseconds(20) };
        load.Start();

        var cuts = Seed.Rounds(12);
        await load.WaitForAsync(() => Enum.GetValues<Cut>().All(cut => proxy.Cuts[cut] >= cuts));

        proxy.Plan = _ => Cut.Nothing;
        await load.FinishAsync();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", proxy.Cuts.Select(cut => $"{cut.Key} {cut.Value}")));
        await books.BalanceAsync(load, server);
    }
}
