using LifecycleMetrics.Ingest.Spool;
using LifecycleMetrics.Ingest.Tests.Support;
using LifecycleMetrics.Ingest.Writing;

namespace LifecycleMetrics.Ingest.Tests.Writing;

public sealed class PositionFileTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Read_OfANewDirectory_IsNull()
    {
        using var file = new PositionFile(_directory.Path, new Disk());
        Assert.Null(file.Read());
    }

    [Fact]
    public void Read_GivesTheLastPosition_AlsoFromTheSameInstance()
    {
        using (var file = new PositionFile(_directory.Path, new Disk()))
        {
            for (var i = 1; i <= 5; i++)
            {
                file.Write(new WritePosition(7, i, i + 1));
                Assert.Equal(new WritePosition(7, i, i + 1), file.Read());
            }
        }

        using var again = new PositionFile(_directory.Path, new Disk());
        Assert.Equal(new WritePosition(7, 5, 6), again.Read());
    }

    [Fact]
    public void Place_OfBothSlots_IsTakenBeforeThereIsAPosition()
    {
        var path = Path.Combine(_directory.Path, "position");
        File.WriteAllBytes(path, []);
        using var file = new PositionFile(_directory.Path, new Disk());

        Assert.Null(file.Read());
        Assert.Equal(new byte[8_192], File.ReadAllBytes(path));
        file.Write(new WritePosition(7, 1, 0));
        Assert.Equal(8_192, new FileInfo(path).Length);
    }

    [Fact]
    public void File_ThatIsShort_KeepsItsPosition()
    {
        var path = Path.Combine(_directory.Path, "position");
        using (var file = new PositionFile(_directory.Path, new Disk())) file.Write(new WritePosition(7, 1, 0));
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..(4_096 + 36)]);

        using var again = new PositionFile(_directory.Path, new Disk());
        Assert.Equal(new WritePosition(7, 1, 0), again.Read());
        Assert.Equal(8_192, new FileInfo(path).Length);
    }

    [Fact]
    public void DamagedSlot_LeavesThePositionBefore()
    {
        using (var file = new PositionFile(_directory.Path, new Disk()))
        {
            file.Write(new WritePosition(7, 1, 0)); // version 1, second slot
            file.Write(new WritePosition(7, 2, 0)); // version 2, first slot
        }

        var path = Path.Combine(_directory.Path, "position");
        var bytes = File.ReadAllBytes(path);
        bytes[9] ^= 1;
        File.WriteAllBytes(path, bytes);
        using var again = new PositionFile(_directory.Path, new Disk());
        Assert.Equal(new WritePosition(7, 1, 0), again.Read());
    }

    [Fact]
    public void FailedSync_Throws_AndTheNextWriteWorks()
    {
        var disk = new FaultyDisk { SyncFails = true };
        using var file = new PositionFile(_directory.Path, disk);
        Assert.Throws<IOException>(() => file.Write(new WritePosition(7, 1, 0)));
        disk.SyncFails = false;
        file.Write(new WritePosition(7, 2, 0));
        Assert.Equal(new WritePosition(7, 2, 0), file.Read());
    }
}
