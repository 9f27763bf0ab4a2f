using LifecycleMetrics.EndToEnd.Tests.Faults.Harness;
using LifecycleMetrics.EndToEnd.Tests.Support;

namespace LifecycleMetrics.EndToEnd.Tests.Faults;

/// <summary>The server's clock jumps by days, through libfaketime; what is sent again across a jump is stored once.</summary>
public sealed class ClockTests
{
    private static readonly string[] Libraries =
    [
        .. new[] { "x86_64", "aarch64" }.Select(machine => $"/usr/lib/{machine}-linux-gnu/faketime/libfaketimeMT.so.1"),
    ];

    [Fact]
    public Task ClockJumpsByDays_ResendsAreStoredOnce() => JumpAsync(["+3d", "-2d", "+5d", "-1d", "+0"], days: 7);

    /// <summary>Further than ids are remembered: their age is that of the monotonic clock.</summary>
    [Fact]
    public Task ClockJumpsBeyondTheWindow_ResendsAreStoredOnce() => JumpAsync(["+30d", "+0", "-30d", "+0"], days: 60);

    /// <summary>
    /// A server that starts with such a clock loads the ids of the days it takes for the last. A resend may be stored as a
    /// second row then, with the same key, and counts once.
    /// </summary>
    [Fact]
    public Task ClockIsWrongAtStart_ResendsCountOnce() => JumpAsync(["+30d", "+0", "-30d", "+0"], days: 60, isRestarted: true);

    private static async Task JumpAsync(string[] offsets, int days, bool isRestarted = false)
    {
        var library = Array.Find(Libraries, File.Exists);
        Tool.Require(library is not null, "libfaketime is not installed on this machine; .ci/run installs it.");
        await using var engine = await FaultEngine.StartAsync();
        await using var server = new FaultServer(engine.ConnectionString());
        var clock = Path.Combine(server.Data.Path, "clock");
        await File.WriteAllTextAsync(clock, "+0", TestContext.Current.CancellationToken);
        server.Settings["LD_PRELOAD"] = library;
        server.Settings["FAKETIME_TIMESTAMP_FILE"] = clock;
        server.Settings["FAKETIME_NO_CACHE"] = "1";
        server.Settings["FAKETIME_DONT_FAKE_MONOTONIC"] = "1";
        await server.StartReadyAsync();
        await using var books = new Books(engine.ConnectionString());
        await books.StopMergesAsync();
        await using var load = new Load(server.Url, Seed.Random()) { ResendShare = 0.5 };
        load.Start();

        foreach (var offset in offsets)
        {
            await load.WaitForMoreAsync(300);
            await File.WriteAllTextAsync(clock, offset, TestContext.Current.CancellationToken);
            if (!isRestarted) continue;
            await server.StopAsync();
            server.Start();
        }

        await load.WaitForMoreAsync(300);
        await load.FinishAsync();
        await books.BalanceAsync(load, server, mayRepeatRows: isRestarted);
        // Once the books balance every row is stored, so that each of the clock's times is there.
        Assert.InRange(await books.CountAsync("select dateDiff('day', min(received_at), max(received_at)) from touchpoint"), days - 1, days + 1);
        await server.StopAsync();
    }
}
