namespace LifecycleMetrics.Lifecycle.Models;

/// <summary>Finds the name somebody probably meant.</summary>
internal static class NearestName
{
    public static string Hint(string name, IReadOnlyCollection<string> known)
    {
        var nearest = known.MinBy(candidate => Distance(name, candidate));
        return nearest is not null && Distance(name, nearest) <= 2
            ? $"Did you mean '{nearest}'"
            : "Use one of: " + string.Join(", ", known);
    }

    // Levenshtein distance, one row at a time.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(
                    Math.Min(row[j] + 1, row[j - 1] + 1),
                    diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
