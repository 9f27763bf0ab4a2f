using LifecycleMetrics.Server.Local;

namespace LifecycleMetrics.Server.Tests.Local;

public sealed class RunFileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("lm-run-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Find_ServerRuns_GivesWhatItWrote()
    {
        new RunFile(Environment.ProcessId, "http://127.0.0.1:1", "key", new() { ["a"] = "b" }).Write(_directory);

        var found = RunFile.Find(_directory);

        Assert.Equal(("http://127.0.0.1:1", "key", "b"), (found!.Url, found.WriteKey, found.ClickHouse["a"]));
    }

    [Fact]
    public void Find_ServerWasKilled_GivesNothing()
    {
        new RunFile(int.MaxValue, "http://127.0.0.1:1", "key", []).Write(_directory);

        Assert.Null(RunFile.Find(_directory));
    }

    [Fact]
    public void Find_NoServerEver_GivesNothing() => Assert.Null(RunFile.Find(_directory));

    [Fact]
    public void Write_OverAFileOthersCanRead_IsReadableByItsOwnerAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "File modes are Unix file modes.");
        var path = Path.Combine(_directory, "run.json");
        File.WriteAllText(path, "{}");

        new RunFile(1, "", "key", []).Write(_directory);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }
}
