using System.Text.RegularExpressions;

namespace LifecycleMetrics.Reporting.Email.Definitions;

/// <summary>
/// Checks the SQL of a report early and with its place. What may be read is decided by the rights of the database user;
/// these checks only say it sooner and better.
/// </summary>
internal static partial class QueryRules
{
    public static IEnumerable<(string Message, string Hint)> Check(string sql)
    {
        if (!StartsAsSelect().IsMatch(sql)) yield return ("A query begins with select or with", "Write one SELECT");
        if (sql.TrimEnd().TrimEnd(';').Contains(';', StringComparison.Ordinal)) yield return ("A query is one statement", "Take the ';' away");
        var withNames = CommonTable().Matches(sql).Select(match => match.Groups["name"].Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var relation in Relation().Matches(sql).Select(match => match.Groups["name"].Value).Distinct())
        {
            if (relation.StartsWith("kpi_", StringComparison.Ordinal) || relation.StartsWith("dim_", StringComparison.Ordinal) || withNames.Contains(relation)) continue;
            yield return ($"The query reads '{relation}'", "Read the published views, kpi_* and dim_*");
        }

        foreach (var match in Placeholder().Matches(sql).DistinctBy(match => match.Value))
        {
            var (name, type) = (match.Groups["name"].Value, match.Groups["type"].Value);
            if (!QueryParameters.Types.TryGetValue(name, out var expected))
            {
                yield return ($"There is no parameter '{name}'", $"Use one of {string.Join(", ", QueryParameters.Types.Keys)}");
            }
            else if (type != expected)
            {
                yield return ($"The parameter '{name}' is a {expected}, not a {type}", $"Write {{{name}:{expected}}}");
            }
        }
    }

    [GeneratedRegex(@"^\s*(select|with)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StartsAsSelect();

    [GeneratedRegex(@"\b(from|join)\s+(?<name>[A-Za-z_][\w.]*)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Relation();

    [GeneratedRegex(@"\b(?<name>[A-Za-z_]\w*)\s+as\s*\(\s*(select|with)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CommonTable();

    [GeneratedRegex(@"\{\s*(?<name>\w+)\s*:\s*(?<type>[^}\s]*)\s*\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
