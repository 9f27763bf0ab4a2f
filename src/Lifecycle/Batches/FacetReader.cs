using System.Text.RegularExpressions;

namespace LifecycleMetrics.Lifecycle.Batches;

/// <summary>Finds which facets of a subject a query on the tables of a batch reads, by the names in its text: rather one too many.</summary>
internal static partial class FacetReader
{
    // By the words that name them. Every query that reads histories reads the slices.
    private static readonly (string Word, Facets Facets)[] Words =
    [
        ("batch_subject_history", Facets.Slices),
        ("active_dates", Facets.Days),
        ("orders", Facets.Orders),
        ("reversals", Facets.Orders),
        ("account_id", Facets.Origin),
        ("first_seen_at", Facets.Origin),
        ("last_seen_at", Facets.LastSeen),
        ("touchpoint_count", Facets.LastSeen),
        ("batch_subject_touch", Facets.Touches),
        ("batch_subject_journey", Facets.Visits),
        ("batch_subject_event", Facets.AllEvents),
    ];

    /// <summary>The facets that <paramref name="query"/> reads.</summary>
    public static Facets Of(string query)
    {
        var words = Word().Matches(query).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
        return Words.Where(known => words.Contains(known.Word)).Aggregate(Facets.None, (all, known) => all | known.Facets);
    }

    [GeneratedRegex(@"\w+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
