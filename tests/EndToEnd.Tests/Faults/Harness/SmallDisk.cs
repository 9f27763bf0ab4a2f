using System.Globalization;
using LifecycleMetrics.EndToEnd.Tests.Support;

namespace LifecycleMetrics.EndToEnd.Tests.Faults.Harness;

/// <summary>A file system of its own, small enough to be filled. Mounting one needs root, by itself or through sudo.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly string[] _asRoot;

    private SmallDisk(string path, string[] asRoot)
    {
        Path = path;
        _asRoot = asRoot;
    }

    public string Path { get; }

    public static async Task<SmallDisk> MountAsync(string path, int megabytes)
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("A tmpfs can be mounted on Linux only.");
        string[] asRoot = Environment.UserName == "root" ? [] : ["sudo", "-n"];
        var disk = new SmallDisk(path, asRoot);
        var owner = (await Tool.RunAsync("id", ["-u"])).Output.Trim();
        var (exitCode, error) = await disk.RunAsync(
            "mount", "-t", "tmpfs", "-o", $"size={megabytes.ToString(CultureInfo.InvariantCulture)}m,mode=0700,uid={owner}", "tmpfs", path);
        Tool.Require(exitCode == 0, $"A tmpfs can't be mounted here, which takes root: {error}");
        return disk;
    }

    /// <summary>Fills the disk to the last byte but these.</summary>
    public void Fill(int leaving)
    {
        using var file = new FileStream(Filler, FileMode.Create);
        var block = new byte[4096];
        try
        {
            while (true)
            {
                file.Write(block);
                file.Flush();
            }
        }
        catch (IOException)
        {
            // Full.
        }

        RandomAccess.SetLength(file.SafeFileHandle, RandomAccess.GetLength(file.SafeFileHandle) - leaving);
    }

    public void MakeRoom() => File.Delete(Filler);

    public async ValueTask DisposeAsync()
    {
        var (exitCode, error) = await RunAsync("umount", "--lazy", Path);
        Assert.True(exitCode == 0, error);
    }

    private string Filler => System.IO.Path.Combine(Path, "filler");

    private async Task<(int ExitCode, string Error)> RunAsync(params string[] command)
    {
        string[] all = [.. _asRoot, .. command];
        var (exitCode, _, error) = await Tool.RunAsync(all[0], all[1..]);
        return (exitCode, error);
    }
}
