using LifecycleMetrics.EndToEnd.Tests.Faults.Harness;
using LifecycleMetrics.EndToEnd.Tests.Support;

namespace LifecycleMetrics.EndToEnd.Tests.Faults;

/// <summary>A second server is started on the spool of one that runs.</summary>
public sealed class TwoServersTests
{
    [Fact]
    public async Task SecondServerOnASpool_SaysSoAndEnds_TheFirstGoesOn()
    {
        await using var engine = await FaultEngine.StartAsync();
        await using var server = new FaultServer(engine.ConnectionString());
        await server.StartReadyAsync();
        await using var books = new Books(engine.ConnectionString());
        await using var load = new Load(server.Url, Seed.Random());
        load.Start();
        await load.WaitForMoreAsync(500);

        using var other = new DataDirectory();
        var sameSpool = await EndOfAsync(engine, other.Path, new() { ["LIFECYCLE_Ingest__Spool__Directory"] = server.Spool });
        Assert.Equal(1, sameSpool.ExitCode);
        Assert.Contains($"The spool directory {server.Spool} is in use by another server.", sameSpool.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled exception", sameSpool.Output, StringComparison.Ordinal);

        var sameData = await EndOfAsync(engine, server.Data.Path, []);
        Assert.Equal(2, sameData.ExitCode);
        Assert.Contains($"A server already runs on {server.Data.Path}", sameData.Output, StringComparison.Ordinal);

        await load.WaitForMoreAsync(500);
        await load.FinishAsync();
        Assert.Equal((0, 0), (load.Busy, load.Unanswered));
        await books.BalanceAsync(load, server);
        await server.StopAsync();
    }

    private static async Task<(int ExitCode, string Output)> EndOfAsync(
        FaultEngine engine, string dataDirectory, Dictionary<string, string?> settings)
    {
        settings["LIFECYCLE_ClickHouse__ConnectionString"] = engine.ConnectionString();
        await using var second = ServerProcess.Start(
            new ServerLaunch(dataDirectory, "serve", "--role", "ingest") { Environment = settings });
        return (await second.WaitForExitAsync(), second.Output);
    }
}
