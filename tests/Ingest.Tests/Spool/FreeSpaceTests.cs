using LifecycleMetrics.Ingest.Spool;
using LifecycleMetrics.Ingest.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace LifecycleMetrics.Ingest.Tests.Spool;

public sealed class FreeSpaceTests
{
    private readonly FaultyDisk _disk = new() { Free = 1_000 };
    private readonly SetClock _time = new();

    [Theory]
    [InlineData(5_000, 0, true)] // as large as when it was looked at: 600 above the reserve
    [InlineData(5_599, 0, true)]
    [InlineData(5_600, 0, false)]
    [InlineData(5_300, 299, true)]
    [InlineData(5_300, 300, false)]
    [InlineData(4_000, 0, true)] // segments were deleted
    public void Reserve_BetweenTwoLooks_HoldsForWhatTheSpoolTakes(long spoolBytes, long waitingBytes, bool isEnough)
    {
        var space = new FreeSpace("anywhere", reservedBytes: 400, _disk, _time, NullLogger.Instance);
        Assert.True(space.IsEnoughFor(5_000, waitingBytes: 0));
        _disk.Free = 0; // Not looked at yet.

        Assert.Equal(isEnough, space.IsEnoughFor(spoolBytes, waitingBytes));
    }

    [Fact]
    public void Disk_IsLookedAtAgainAfterAWhile()
    {
        var space = new FreeSpace("anywhere", reservedBytes: 400, _disk, _time, NullLogger.Instance);
        Assert.True(space.IsEnoughFor(5_000, waitingBytes: 0));
        _disk.Free = 400;
        _time.Advance(TimeSpan.FromMilliseconds(250));

        Assert.False(space.IsEnoughFor(5_000, waitingBytes: 0));
        _disk.Free = 401;
        _time.Advance(TimeSpan.FromMilliseconds(250));
        Assert.True(space.IsEnoughFor(5_000, waitingBytes: 0));
    }

    [Theory]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(UnauthorizedAccessException))]
    public void DiskThatCannotBeLookedAt_HasNoRoom_UntilItCan(Type failure)
    {
        var space = new FreeSpace("anywhere", reservedBytes: 400, _disk, _time, NullLogger.Instance);
        _disk.FreeFailure = (Exception)Activator.CreateInstance(failure)!;

        Assert.False(space.IsEnoughFor(0, waitingBytes: 0));
        _disk.FreeFailure = null;
        _time.Advance(TimeSpan.FromMilliseconds(250));
        Assert.True(space.IsEnoughFor(0, waitingBytes: 0));
    }

    /// <summary>Segments made anew would be found by the next start, those that are open would not.</summary>
    [Fact]
    public void DirectoryThatWasRemoved_GetsNoRoomBack()
    {
        using var parent = new TempDirectory();
        var directory = Directory.CreateDirectory(Path.Combine(parent.Path, "spool")).FullName;
        _disk.Free = null;
        var space = new FreeSpace(directory, reservedBytes: 0, _disk, _time, NullLogger.Instance);
        Assert.True(space.IsEnoughFor(0, waitingBytes: 0));
        Directory.Delete(directory);
        _time.Advance(TimeSpan.FromMilliseconds(250));

        Assert.False(space.IsEnoughFor(0, waitingBytes: 0));
        Directory.CreateDirectory(directory);
        _time.Advance(TimeSpan.FromMilliseconds(250));
        Assert.False(space.IsEnoughFor(0, waitingBytes: 0));
    }
}
