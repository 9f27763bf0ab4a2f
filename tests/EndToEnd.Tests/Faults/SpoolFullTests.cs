using LifecycleMetrics.EndToEnd.Tests.Faults.Harness;
using LifecycleMetrics.EndToEnd.Tests.Support;

namespace LifecycleMetrics.EndToEnd.Tests.Faults;

/// <summary>ClickHouse takes nothing until the spool holds all it may; SDKs that nobody here wrote are told to come back, and do.</summary>
public sealed class SpoolFullTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // How long a busy machine takes to empty the spool is not known: an SDK with few tries gives up before.
    private const int EnoughRetries = 20;

    [Theory]
    [InlineData("segment.mjs")]
    [InlineData("rudder.mjs")]
    public async Task SpoolFull_SdkWaitsAndDeliversEachOnce(string script)
    {
        const int count = 3_000;
        var node = Tool.Need("node");
        var sdks = await Sdks.InstallAsync();
        await using var engine = await FaultEngine.StartAsync();
        await using var server = new FaultServer(engine.ConnectionString())
        {
            Settings =
            {
                ["LIFECYCLE_Ingest__Spool__SegmentBytes"] = "65536",
                ["LIFECYCLE_Ingest__Spool__MaxBytes"] = "131072",
                ["LIFECYCLE_Ingest__Spool__RetryAfter"] = "00:00:01",
            },
        };
        await server.StartReadyAsync();
        await using var books = new Books(engine.ConnectionString());
        await books.StopMergesAsync();
        using var client = new Client(server.Url);

        await engine.StallAsync();
        var sending = Sdks.SendAsync(node, sdks, script, server.Url, count, EnoughRetries);
        await WaitForRefusalsAsync(client, sending);
        await engine.ResumeAsync();

        var sent = await sending;
        TestContext.Current.TestOutputHelper?.WriteLine($"{script}: {await client.RefusedAsync("busy")} times 429");
        Assert.Equal(count, sent.Distinct().Count());
        await books.HoldAsync(sent);
    }

    private static async Task WaitForRefusalsAsync(Client client, Task sending)
    {
        var until = DateTime.UtcNow + Patience;
        while (await client.RefusedAsync("busy") < 3)
        {
            Assert.False(sending.IsCompleted, "All was taken; the spool was never full.");
            Assert.True(DateTime.UtcNow < until, $"The server never answered with 429 in {Patience}.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }
}
