using LifecycleMetrics.EndToEnd.Tests.Faults.Harness;

namespace LifecycleMetrics.EndToEnd.Tests.Faults;

/// <summary>Segments that come back from a crash torn or with flipped bits: what is whole is stored, the rest reported and kept.</summary>
public sealed class DamageTests
{
    private readonly Random _random = Seed.Random();

    [Fact]
    public Task UnfinishedEnd_IsCutOff() => DamagedAsync(
        segments =>
        {
            var last = segments[^1];
            last.AppendUnfinished(_random.Next(1, last.Frames()[0].Length));
            return [];
        },
        "Cut off the unfinished end of");

    [Fact]
    public Task TornEnd_LosesTheLastRequestOnly() => DamagedAsync(
        segments =>
        {
            var last = segments[^1];
            var frame = last.Frames()[^1];
            last.Cut(_random.Next(1, frame.Length - 1));
            return last.Ids(frame);
        },
        "Cut off the unfinished end of");

    [Fact]
    public Task FlippedBits_LoseTheirRequestsOnly_AndAreKept() => DamagedAsync(
        segments =>
        {
            var lost = new List<string>();
            foreach (var segment in segments)
            {
                var frames = segment.Frames();
                var frame = frames[_random.Next(frames.Count)];
                lost.AddRange(segment.Ids(frame));
                segment.Flip(frame.Start + _random.Next(frame.Length), _random.Next(8));
            }

            return lost;
        },
        "is damaged at",
        isKept: true);

    /// <summary>The frames behind a damaged header are whole, and were acknowledged.</summary>
    [Fact]
    public Task FlippedBitsInTheHeaders_LoseNothing() => DamagedAsync(
        segments =>
        {
            foreach (var segment in segments)
                segment.Flip(_random.Next(segment.Frames()[0].Start), _random.Next(8));
            return [];
        },
        "is damaged at",
        isKept: true);

    private async Task DamagedAsync(Func<IReadOnlyList<SegmentFile>, IEnumerable<string>> damage, string report, bool isKept = false)
    {
        await using var engine = await FaultEngine.StartAsync();
        await using var server = new FaultServer(engine.ConnectionString());
        server.Settings["LIFECYCLE_Ingest__Spool__SegmentBytes"] = "65536";
        await server.StartReadyAsync();
        await using var books = new Books(engine.ConnectionString());
        await books.StopMergesAsync();
        await using var load = new Load(server.Url, _random);
        await engine.StallAsync();
        load.Start();
        await load.WaitForMoreAsync(4_000);
        await load.FinishAsync();
        await server.KillAsync();

        // The writer may have sent the first segment before the engine stalled; it is left alone.
        var segments = Directory.GetFiles(server.Spool, "*.segment").Order(StringComparer.Ordinal)
            .Select(path => new SegmentFile(path)).Where(segment => segment.Frames().Count > 0).Skip(1).ToArray();
        Assert.InRange(segments.Length, 3, int.MaxValue);
        var lost = damage(segments).ToHashSet(StringComparer.Ordinal);
        await engine.ResumeAsync();
        await server.StartReadyAsync();

        await books.BalanceAsync(load, server, damaged: lost);
        Assert.Contains(report, server.Process.Output, StringComparison.Ordinal);
        var kept = Path.Combine(server.Spool, "damaged");
        Assert.Equal(isKept ? segments.Length : 0, Directory.Exists(kept) ? Directory.GetFiles(kept).Length : 0);
        await server.StopAsync();
    }
}
