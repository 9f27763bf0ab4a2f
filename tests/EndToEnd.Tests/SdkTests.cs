using LifecycleMetrics.EndToEnd.Tests.Support;

namespace LifecycleMetrics.EndToEnd.Tests;

/// <summary>SDKs that nobody here wrote, unchanged from npm, send to a running server.</summary>
public sealed class SdkTests
{
    private const int EventCount = 5_000;

    [Theory]
    [InlineData("segment.mjs")]
    [InlineData("rudder.mjs")]
    public async Task Sdk_SendsEvents_EachCanBeQueriedExactlyOnce(string script)
    {
        var node = Tool.Need("node");
        var sdks = await InstallAsync();
        using var data = new DataDirectory();
        await using var server = await ServerProcess.StartAsync(data.Path, "serve");
        using var client = new Client(server.Url);

        var (exitCode, output, error) = await Tool.RunAsync(
            node, [Path.Combine(sdks, script), server.Url, TestKeys.Write, $"{EventCount}"], directory: sdks);
        Assert.True(exitCode == 0, error);
        var sent = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        await client.WaitForCountAsync("Touchpoints", $"Source eq '{TestKeys.Source}'", EventCount);
        var rows = await client.RowsAsync($"Touchpoints?$select=EventId&$filter=Source eq '{TestKeys.Source}'");
        Assert.Equal(
            sent.Order(StringComparer.Ordinal),
            rows.Select(r => r.GetProperty("EventId").GetString()!).Order(StringComparer.Ordinal));
        Assert.Equal(EventCount, sent.Distinct().Count());
    }

    /// <summary>npm install in a copy, so that the tests write nothing into the source tree.</summary>
    private static async Task<string> InstallAsync()
    {
        var npm = Tool.Need("npm");
        var directory = Path.Combine(AppContext.BaseDirectory, "Sdks");
        await InstallLock.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (!File.Exists(Path.Combine(directory, "node_modules", ".package-lock.json")))
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

    private static readonly SemaphoreSlim InstallLock = new(1);
}
