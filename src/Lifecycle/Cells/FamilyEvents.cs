using LifecycleMetrics.Lifecycle.Visits;

namespace LifecycleMetrics.Lifecycle.Cells;

/// <summary>
/// Families of which only subjects with certain events contribute anything. Most batches are a few subjects without any of
/// them, and a statement costs most before it reads a row, so these families are left out then.
/// </summary>
internal static class FamilyEvents
{
    private const string InBatch =
        """
        select distinct arrayJoin(arrayDistinct(events.event::Array(String))) as event
        from batch_subject_event
        """;

    /// <summary>How the names of these events begin, by family.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Prefixes = new Dictionary<string, string[]>
    {
        ["email"] = ["Email "],
        ["loyalty"] = ["Loyalty Points "],
        ["mrr"] = ["Subscription "],
        ["survey"] = ["Survey "],
    };

    /// <summary>The families that have something to do in this batch.</summary>
    public static async Task<IReadOnlyList<CellFamily>> FilterAsync(
        IReadOnlyList<CellFamily> families, RefreshDatabase database, CancellationToken cancellationToken)
    {
        var events = await database.QueryAsync(InBatch, [], row => (string)row[0], cancellationToken);
        return [.. families.Where(family => HasToDo(family.Name, events))];
    }

    private static bool HasToDo(string family, IEnumerable<string> events) =>
        !Prefixes.TryGetValue(family, out var prefixes)
        || events.Any(name => prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)));
}
