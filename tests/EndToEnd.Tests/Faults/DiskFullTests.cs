using System.Net;
using LifecycleMetrics.EndToEnd.Tests.Faults.Harness;
using LifecycleMetrics.EndToEnd.Tests.Support;

namespace LifecycleMetrics.EndToEnd.Tests.Faults;

/// <summary>Spool and dead letters on a small disk that fills up; the engine's files lie elsewhere.</summary>
public sealed class DiskFullTests
{
    private const int Megabytes = 24;

    /// <summary>ClickHouse is away until the spool has filled its disk up to the reserve, and others have taken the reserve.</summary>
    [Fact]
    public async Task SpoolFillsTheDisk_SendersWaitAndItRecoversByItself()
    {
        await using var engine = await FaultEngine.StartAsync();
        await using var server = new FaultServer(engine.ConnectionString());
        await using var disk = await SmallDisk.MountAsync(server.Data.Path, Megabytes);
        server.Settings["LIFECYCLE_Ingest__Spool__ReservedDiskBytes"] = $"{8 << 20}";
        await server.StartReadyAsync();
        await using var books = new Books(engine.ConnectionString());
        await books.StopMergesAsync();
        await using var load = new Load(server.Url, Seed.Random()) { Padding = 4_000 };
        await engine.KillAsync();
        load.Start();
        await load.WaitForAsync(() => load.Busy > 50);

        await AssertReadinessAsync(server, HttpStatusCode.ServiceUnavailable, "\"ingest\",\"status\":\"Unhealthy\"", "is full");
        Assert.Contains("nearly full", server.Process.Output, StringComparison.Ordinal);
        Assert.True(SpoolBytes(server) <= (Megabytes - 8 + 1) << 20, $"The spool took {SpoolBytes(server)} bytes, and so of the reserve.");
        disk.Fill(leaving: 0);
        await engine.StartAgainAsync();
        await books.StopMergesAsync();
        // Nothing can be written to the disk, but what is there can be stored; below the reserve senders fill it up again.
        await load.WaitForAsync(() => SpoolBytes(server) < 10 << 20);
        disk.MakeRoom();
        await load.WaitForMoreAsync(500);
        await load.FinishAsync();

        await books.BalanceAsync(load, server);
        await AssertReadinessAsync(server, HttpStatusCode.OK, "\"ingest\",\"status\":\"Healthy\"");
        await server.StopAsync();
    }

    /// <summary>Another program takes the last byte: writes of the spool and the dead letters fail half-way.</summary>
    [Fact]
    public async Task DiskFilledByOthers_SendersWaitAndItRecoversByItself()
    {
        await using var engine = await FaultEngine.StartAsync();
        await using var server = new FaultServer(engine.ConnectionString());
        await using var disk = await SmallDisk.MountAsync(server.Data.Path, Megabytes);
        await server.StartReadyAsync();
        await using var books = new Books(engine.ConnectionString());
        await books.StopMergesAsync();
        await using var load = new Load(server.Url, Seed.Random()) { Padding = 1_000 };
        load.Start();

        // From no byte at all to less than a request: the write fails at its beginning, or in the middle.
        foreach (var leaving in (int[])[0, 4_096, 12_288, 32_768])
        {
            await load.WaitForMoreAsync(200);
            var busy = load.Busy;
            disk.Fill(leaving);
            await load.WaitForAsync(() => load.Busy > busy + 20);
            disk.MakeRoom();
        }

        await load.WaitForMoreAsync(500);
        await load.FinishAsync();
        Assert.Contains("Could not make", server.Process.Output, StringComparison.Ordinal);
        await books.BalanceAsync(load, server);
        await server.StopAsync();
    }

    private static long SpoolBytes(FaultServer server) =>
        new DirectoryInfo(server.Spool).EnumerateFiles("*.segment").Sum(file => file.Exists ? file.Length : 0);

    private static async Task AssertReadinessAsync(FaultServer server, HttpStatusCode expected, params string[] parts)
    {
        using var client = new Client(server.Url);
        var (status, body) = await client.GetAsync("/healthz/ready");
        Assert.True(status == expected, body);
        Assert.All(parts, part => Assert.Contains(part, body, StringComparison.Ordinal));
    }
}
