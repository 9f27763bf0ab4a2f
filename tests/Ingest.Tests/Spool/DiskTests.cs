using System.Diagnostics;
using LifecycleMetrics.Ingest.Spool;
using LifecycleMetrics.Ingest.Tests.Support;

namespace LifecycleMetrics.Ingest.Tests.Spool;

public sealed class DiskTests
{
    [Fact]
    public void Sync_OfARealFileAndDirectory_Returns()
    {
        using var directory = new TempDirectory();
        using var file = File.OpenHandle(Path.Combine(directory.Path, "f"), FileMode.Create, FileAccess.Write);
        RandomAccess.Write(file, "x"u8, 0);
        var disk = new Disk();
        disk.SyncData(file);
        disk.SyncDirectory(directory.Path);
        Assert.InRange(disk.FreeBytes(directory.Path), 1, long.MaxValue);
    }

    [Fact]
    public void SyncDirectory_OfAMissingOne_Throws() =>
        Assert.Throws<IOException>(() => new Disk().SyncDirectory("/nowhere/at/all"));

    [Theory]
    [InlineData("EIO")]
    [InlineData("ENOSPC")]
    [InlineData("EDQUOT")]
    public async Task Sync_ThatTheKernelFails_Throws(string error)
    {
        var strace = new[] { "/usr/bin/strace", "/bin/strace" }.FirstOrDefault(File.Exists);
        SkipOnALaptop(strace is null, "strace is not installed.");
        // This very program again, running the explicit test below with every sync failing.
        var start = new ProcessStartInfo(strace!) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments =
        [
            "-f", "-qq", "-o", "/dev/null", "-e", "trace=fdatasync,fsync", "-e", $"inject=fdatasync,fsync:error={error}",
            Path.Combine(AppContext.BaseDirectory, "LifecycleMetrics.Ingest.Tests"),
            "-noLogo", "-explicit", "only", "-method", $"{typeof(DiskTests).FullName}.{nameof(Sync_UnderInjectedFault_Throws)}",
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)
            + await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        SkipOnALaptop(output.Contains("ptrace", StringComparison.OrdinalIgnoreCase), "strace may not trace here.");
        Assert.Contains("Total: 1", output, StringComparison.Ordinal);
        Assert.True(process.ExitCode == 0, output);
    }

    [Fact(Explicit = true)]
    public void Sync_UnderInjectedFault_Throws()
    {
        using var directory = new TempDirectory();
        using var file = File.OpenHandle(Path.Combine(directory.Path, "f"), FileMode.Create, FileAccess.Write);
        RandomAccess.Write(file, "x"u8, 0);
        var disk = new Disk();
        Assert.Throws<IOException>(() => disk.SyncData(file));
        Assert.Throws<IOException>(() => disk.SyncDirectory(directory.Path));
    }

    private static void SkipOnALaptop(bool isMissing, string reason)
    {
        Assert.False(isMissing && Environment.GetEnvironmentVariable("CI") == "true", reason);
        Assert.SkipWhen(isMissing, reason);
    }
}
