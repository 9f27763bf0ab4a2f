using System.Globalization;

namespace LifecycleMetrics.EndToEnd.Tests.Support;

/// <summary>The SDKs, unchanged from npm, installed in a copy so that the tests write nothing into the source tree.</summary>
internal static class Sdks
{
    private static readonly SemaphoreSlim InstallLock = new(1);

    /// <summary>The directory they are installed in.</summary>
    public static async Task<string> InstallAsync()
    {
        var npm = Tool.Need("npm");
        var directory = Path.Combine(AppContext.BaseDirectory, "Sdks");
        await InstallLock.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (!IsInstalled(directory))
            {
                var (exitCode, output, error) = await Tool.RunAsync(npm, ["install", "--omit=optional", "--ignore-scripts"], directory: directory);
                Assert.True(exitCode == 0, output + error);
            }
        }
        finally
        {
            InstallLock.Release();
        }

        return directory;
    }

    /// <summary>Lets a script send events to the server at <paramref name="url"/>; gives the ids it says were delivered.</summary>
    /// <param name="retries">How often the SDK repeats a batch before it gives up; as the script has it if null.</param>
    public static async Task<string[]> SendAsync(string node, string sdks, string script, string url, int count, int? retries = null)
    {
        string[] arguments = [Path.Combine(sdks, script), url, TestKeys.Write, Text(count), .. retries is { } many ? [Text(many)] : Array.Empty<string>()];
        var (exitCode, output, error) = await Tool.RunAsync(node, arguments, directory: sdks);
        Assert.True(exitCode == 0, error);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    // npm writes its list last; an older one is of another package.json.
    private static bool IsInstalled(string directory)
    {
        var list = new FileInfo(Path.Combine(directory, "node_modules", ".package-lock.json"));
        return list.Exists && list.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(directory, "package.json"));
    }
}
