using LifecycleMetrics.Ingest.Spool;
using LifecycleMetrics.Ingest.Tests.Support;

namespace LifecycleMetrics.Ingest.Tests.Spool;

public sealed class GroupCommitTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly FaultyDisk _disk = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task FailedSync_IsNotAcknowledged_PoisonsTheSegment_AndForgetsTheIds()
    {
        using var spool = new SpoolUnderTest(_directory, _disk);
        Assert.Equal(1, (await spool.AppendAsync("1")).Accepted);
        var first = Assert.Single(spool.Segments.Segments);

        _disk.SyncFails = true;
        Assert.True((await spool.AppendAsync("2")).IsBusy);
        Assert.True(first.IsSealed);

        _disk.SyncFails = false;
        var again = await spool.AppendAsync("2");
        Assert.Equal((1, 0), (again.Accepted, again.Duplicates.Count));
        Assert.Equal(2, spool.Segments.Segments.Count);
        Assert.Equal(["1", "2"], spool.ReadAll());
    }

    [Fact]
    public async Task FailedSync_LeavesNothingUnacknowledgedForTheNextStart()
    {
        using (var spool = new SpoolUnderTest(_directory, _disk))
        {
            await spool.AppendAsync("1");
            _disk.SyncFails = true;
            await spool.AppendAsync("2");
            _disk.SyncFails = false;
        }

        using var next = new SpoolUnderTest(_directory);
        Assert.Equal(["1"], next.ReadAll());
    }

    [Fact]
    public async Task ManyRequests_ShareSyncs_AndEachIsDurable()
    {
        using var spool = new SpoolUnderTest(_directory, _disk);
        var batches = Enumerable.Range(0, 500).Select(i => Some.Validated(Some.Batch(Some.Track($"{i}")))).ToArray();
        var outcomes = await Task.WhenAll(batches.Select(spool.Commit.AppendAsync));
        Assert.All(outcomes, outcome => Assert.Equal(1, outcome.Accepted));
        Assert.InRange(_disk.Syncs, 1, 499);
        Assert.Equal(500, spool.ReadAll().Distinct().Count());
    }

    [Fact]
    public async Task RefusedEvents_AreSafeBeforeTheAnswer_AndAFailedSyncOfThemIsNotAcknowledged()
    {
        using var spool = new SpoolUnderTest(_directory, _disk);
        var refused = Some.Validated(Some.Batch("""{"type":"nothing"}"""));
        _disk.SyncFails = true;
        Assert.True((await spool.Commit.AppendAsync(refused)).IsBusy);
        _disk.SyncFails = false;
        Assert.False((await spool.Commit.AppendAsync(refused)).IsBusy);
        Assert.NotEmpty(_directory.ReadDeadLetters());
    }

    [Fact]
    public async Task FullDisk_IsBusy_AndRecoversByItself()
    {
        var options = new SpoolOptions { ReservedDiskBytes = 1_000 };
        using var spool = new SpoolUnderTest(_directory, _disk, options);
        Assert.Equal(1, (await spool.AppendAsync("1")).Accepted);
        _disk.Free = 999;
        await Until(() => !spool.Commit.HasRoom);
        Assert.True((await spool.AppendAsync("2")).IsBusy);
        _disk.Free = null;
        await Until(() => spool.Commit.HasRoom);
        Assert.Equal(1, (await spool.AppendAsync("2")).Accepted);
    }

    [Fact]
    public async Task Stopped_IsBusy()
    {
        using var spool = new SpoolUnderTest(_directory, _disk);
        spool.Commit.Stop();
        Assert.True((await spool.AppendAsync("1")).IsBusy);
    }

    private static async Task Until(Func<bool> condition)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(60));
        while (!condition())
            await Task.Delay(20, timeout.Token);
    }
}
