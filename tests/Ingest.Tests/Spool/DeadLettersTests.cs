using LifecycleMetrics.Ingest.Spool;
using LifecycleMetrics.Ingest.Tests.Support;

namespace LifecycleMetrics.Ingest.Tests.Spool;

public sealed class DeadLettersTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly FaultyDisk _disk = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Lines_AreAppended_AcrossRestartsAndTornLines()
    {
        using (var first = new DeadLetters(_directory.DeadLetters, _disk, TimeProvider.System))
            first.Append("{\"n\":1}\n"u8);
        var path = Assert.Single(Directory.GetFiles(_directory.DeadLetters));
        File.AppendAllText(path, "{\"torn");
        using (var second = new DeadLetters(_directory.DeadLetters, _disk, TimeProvider.System))
            second.Append("{\"n\":2}\n"u8);
        Assert.Equal(["{\"n\":1}", "{\"torn", "{\"n\":2}"], File.ReadAllLines(path));
    }

    [Fact]
    public void FailedSync_Throws_AndTheNextAppendStandsOnItsOwnLine()
    {
        using var letters = new DeadLetters(_directory.DeadLetters, _disk, TimeProvider.System);
        letters.Append("{\"n\":1}\n"u8);
        _disk.SyncFails = true;
        Assert.Throws<IOException>(() => letters.Append("{\"n\":2}\n"u8));
        _disk.SyncFails = false;
        letters.Append("{\"n\":3}\n"u8);
        var lines = File.ReadAllLines(Assert.Single(Directory.GetFiles(_directory.DeadLetters)));
        Assert.Equal("{\"n\":1}", lines[0]);
        Assert.Equal("{\"n\":3}", lines[^1]);
    }

    [Fact]
    public void FileThatCouldNotBeOpenedSafely_IsOpenedAnew()
    {
        Directory.CreateDirectory(_directory.DeadLetters);
        using var letters = new DeadLetters(_directory.DeadLetters, _disk, TimeProvider.System);
        _disk.DirectorySyncFails = true;
        Assert.Throws<IOException>(() => letters.Append("{\"n\":1}\n"u8));
        File.AppendAllText(Assert.Single(Directory.GetFiles(_directory.DeadLetters)), "{\"torn");

        Assert.Throws<IOException>(() => letters.Append("{\"n\":2}\n"u8));
        _disk.DirectorySyncFails = false;
        letters.Append("{\"n\":3}\n"u8);
        Assert.Equal(["{\"torn", "{\"n\":3}"], File.ReadAllLines(Assert.Single(Directory.GetFiles(_directory.DeadLetters))));
    }
}
