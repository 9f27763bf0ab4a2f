using LifecycleMetrics.Ingest.Spool;
using LifecycleMetrics.Ingest.Tests.Support;

namespace LifecycleMetrics.Ingest.Tests.Spool;

public sealed class DurableFileTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly FaultyDisk _disk = new();

    private string FilePath => Path.Combine(_directory.Path, "made", "state.json");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Replace_SyncsTheFile_AndLeavesNothingElse()
    {
        DurableFile.Replace(_disk, FilePath, "one");
        DurableFile.Replace(_disk, FilePath, "two");

        Assert.Equal("\"two\"", File.ReadAllText(FilePath));
        Assert.Equal([FilePath], Directory.GetFiles(Path.GetDirectoryName(FilePath)!));
        Assert.Equal(2, _disk.Syncs);
    }

    [Fact]
    public void Replace_OnADiskThatFails_KeepsTheFileBefore_AndCanBeDoneAgain()
    {
        DurableFile.Replace(_disk, FilePath, "one");
        _disk.SyncFails = true;
        Assert.Throws<IOException>(() => DurableFile.Replace(_disk, FilePath, "two"));
        Assert.Equal("\"one\"", File.ReadAllText(FilePath));
        _disk.SyncFails = false;

        DurableFile.Replace(_disk, FilePath, "three");

        Assert.Equal("\"three\"", File.ReadAllText(FilePath));
    }

    [Fact]
    public void Replace_Private_OverADraftOthersCanRead_IsReadableByItsOwnerAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "File modes are Unix file modes.");
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        File.WriteAllText(FilePath + ".new", "left by a crash");

        DurableFile.Replace(FilePath, "secret", isPrivate: true);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
    }
}
