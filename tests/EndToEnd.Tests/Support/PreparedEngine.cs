using ClickHouse.Embedded;
using LifecycleMetrics.Testing;
using Microsoft.Extensions.Logging.Abstractions;

[assembly: AssemblyFixture(typeof(LifecycleMetrics.EndToEnd.Tests.Support.PreparedEngine))]

namespace LifecycleMetrics.EndToEnd.Tests.Support;

/// <summary>
/// Files of an engine that has the product's schema and no rows. Working out the columns of all views takes most of a server's
/// first start, so that tests that are about something else begin with a copy of these.
/// </summary>
public sealed class PreparedEngine : IDisposable
{
    private static readonly Lazy<Task<string>> Files = new(MakeAsync);

    /// <summary>Copies the files to a directory that is empty or not there.</summary>
    internal static async Task CopyToAsync(string directory)
    {
        var files = await Files.Value;
        Directory.CreateDirectory(directory);
        // The engine's files have links among them, which a copy file by file would follow.
        var (exitCode, _, error) = await Tool.RunAsync(Tool.Need("cp"), ["-a", $"{files}/.", directory]);
        Assert.True(exitCode == 0, error);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Files is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }) Directory.Delete(Files.Value.Result, recursive: true);
    }

    private static async Task<string> MakeAsync()
    {
        var directory = Directory.CreateTempSubdirectory("lm-e2e-engine-").FullName;
        await using var engine = await EmbeddedClickHouse.StartAsync(
            new EmbeddedClickHouseOptions { DataDirectory = directory, MemoryShare = 0.25 },
            NullLoggerFactory.Instance,
            TestContext.Current.CancellationToken);
        await using var database = new TestDatabase(engine, "lifecycle_metrics");
        await database.MigrateAsync();
        return directory;
    }
}
