using LifecycleMetrics.Server.Local;
using LifecycleMetrics.Server.Verbs;

namespace LifecycleMetrics.Server.Tests.Local;

public sealed class RunFileTests : IDisposable
{
    private static readonly RunFile Written = new(Environment.ProcessId, "http://127.0.0.1:1", "key", new() { ["a"] = "b" });

    private readonly string _directory = Directory.CreateTempSubdirectory("lm-run-").FullName;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string FilePath => Path.Combine(_directory, "run.json");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Find_ServerRuns_GivesWhatItWrote()
    {
        using var held = await RunLock.TakeAsync(_directory, Cancelled);
        Written.Write(_directory);

        var found = RunFile.Find(_directory);

        Assert.Equal(("http://127.0.0.1:1", "key", "b"), (found!.Url, found.WriteKey, found.ClickHouse["a"]));
    }

    [Fact]
    public async Task Find_ServerWasKilled_GivesNothing_ThoughAProcessHasItsNumber()
    {
        (await RunLock.TakeAsync(_directory, Cancelled)).Dispose();
        Written.Write(_directory);

        Assert.Null(RunFile.Find(_directory));
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{"ProcessId":1,"Ur""")]
    [InlineData("""{"ProcessId":1,"Url":null,"WriteKey":"key","ClickHouse":{}}""")]
    [InlineData("{}")]
    public async Task Find_FileThatIsNotWhole_GivesNothing(string text)
    {
        using var held = await RunLock.TakeAsync(_directory, Cancelled);
        await File.WriteAllTextAsync(FilePath, text, Cancelled);

        Assert.Null(RunFile.Find(_directory));
    }

    [Fact]
    public void Find_NoServerEver_GivesNothing() => Assert.Null(RunFile.Find(_directory));

    [Fact]
    public async Task Lock_ThatAServerHolds_IsNotTakenTwice_AndTheMessageSaysByWhom()
    {
        using (await RunLock.TakeAsync(_directory, Cancelled))
        {
            var starting = await Assert.ThrowsAsync<UsageException>(() => RunLock.TakeAsync(_directory, Cancelled));
            Written.Write(_directory);
            var running = await Assert.ThrowsAsync<UsageException>(() => RunLock.TakeAsync(_directory, Cancelled));

            Assert.Contains("starting or stopping", starting.Message, StringComparison.Ordinal);
            Assert.Contains("http://127.0.0.1:1", running.Message, StringComparison.Ordinal);
        }

        using var next = await RunLock.TakeAsync(_directory, Cancelled);
    }

    [Fact]
    public async Task Lock_OfOneWhoLooks_IsWaitedFor()
    {
        (await RunLock.TakeAsync(_directory, Cancelled)).Dispose();
        Task<RunLock> taking;
        using (new FileStream(Path.Combine(_directory, "run.lock"), FileMode.Open, FileAccess.Read, FileShare.Read))
        {
            Assert.False(RunLock.IsHeld(_directory));
            taking = RunLock.TakeAsync(_directory, Cancelled);
        }

        using var taken = await taking;
        Assert.True(RunLock.IsHeld(_directory));
    }

    [Fact]
    public void Write_OverAFileOthersCanRead_IsReadableByItsOwnerAlone_AndLeavesNoDraft()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "File modes are Unix file modes.");
        File.WriteAllText(FilePath, "{}");

        Written.Write(_directory);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
        Assert.Equal([FilePath], Directory.GetFiles(_directory));
    }
}
