using LifecycleMetrics.Sql.Tests.Examples;

namespace LifecycleMetrics.Sql.Tests.Invariants;

/// <summary>Something that holds for any history.</summary>
internal static class Invariant
{
    /// <param name="database">The history.</param>
    /// <param name="some">A count that must not be 0: without such rows the invariant would hold of nothing.</param>
    /// <param name="broken">The rows that break it.</param>
    public static async Task HoldsAsync(RefreshedDatabase database, string some, string broken)
    {
        var count = await database.QueryAsync<long>($"select toInt64(({some}))", asWriter: true);
        Assert.True(count[0] > 0, "The generated history has nothing to check this with.");

        var rows = await database.QueryAsync<string>(
            $"select toString(tuple(*)) from ({broken}) limit 10", asWriter: true);
        Assert.Empty(rows);
    }
}
