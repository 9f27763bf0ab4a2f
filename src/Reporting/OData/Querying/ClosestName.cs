namespace LifecycleMetrics.Reporting.OData.Querying;

/// <summary>Finds what somebody who mistyped a name most likely meant.</summary>
internal static class ClosestName
{
    /// <summary>" Did you mean 'X'?" or nothing when no name is near.</summary>
    public static string Hint(string mistyped, IEnumerable<string> names)
    {
        var best = names
            .Select(name => (Name: name, Distance: Distance(mistyped, name)))
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        return best.Name is not null && best.Distance <= Math.Max(2, best.Name.Length / 2)
            ? $" Did you mean '{best.Name}'?"
            : "";
    }

    // Levenshtein, ignoring case and underscores: people try the column's name and the wrong case first.
    private static int Distance(string left, string right)
    {
        left = left.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();
        right = right.ToUpperInvariant();
        if (left.Length > 128)
            return int.MaxValue;
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 0; i < left.Length; i++)
        {
            var current = new int[right.Length + 1];
            current[0] = i + 1;
            for (var j = 0; j < right.Length; j++)
            {
                current[j + 1] = Math.Min(
                    Math.Min(current[j], previous[j + 1]) + 1,
                    previous[j] + (left[i] == right[j] ? 0 : 1));
            }

            previous = current;
        }

        return previous[^1];
    }
}
