using ClickHouse.Data;
using LifecycleMetrics.Benchmarks.Support;

namespace LifecycleMetrics.Benchmarks.Lifecycle;

/// <summary>What the engine does by itself after inserts, and what would disturb a measurement.</summary>
internal static class Merges
{
    private const int Quiet = 4;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);

    /// <summary>Waits until no parts have been merged for a while.</summary>
    public static async Task MergesAsync(this ClickHouseDataSource database)
    {
        for (var quiet = 0; quiet < Quiet; quiet++)
        {
            if (await database.ScalarAsync("select count() from system.merges") > 0)
                quiet = 0;
            await Task.Delay(Poll);
        }
    }
}
