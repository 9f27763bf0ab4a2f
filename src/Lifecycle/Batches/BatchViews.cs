using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using LifecycleMetrics.Lifecycle.Visits;

namespace LifecycleMetrics.Lifecycle.Batches;

/// <summary>
/// Views as queries on the tables of a batch: the text of a view, with batch_T in place of each table T that a batch holds the
/// rows of, and with the text of the views it takes these from in place of their names.
/// </summary>
internal sealed partial class BatchViews
{
    private const string Views =
        """
        select name, as_select, currentDatabase()
        from system.tables
        where database = currentDatabase() and engine = 'View' and (startsWith(name, 'int_') or startsWith(name, 'stg_'))
        """;

    private readonly Dictionary<string, string> _views;
    private readonly ConcurrentDictionary<string, string> _queries = new(StringComparer.Ordinal);

    private BatchViews(IEnumerable<(string Name, string Text)> views) =>
        _views = views.ToDictionary(view => view.Name, view => view.Text, StringComparer.Ordinal);

    /// <summary>Reads the views.</summary>
    public static async Task<BatchViews> ReadAsync(RefreshDatabase database, CancellationToken cancellationToken) =>
        new(await database.QueryAsync(Views, [], row => ((string)row[0], Unqualified((string)row[1], (string)row[2])), cancellationToken));

    /// <summary>The query of the view <paramref name="name"/>.</summary>
    public string For(string name) =>
        _queries.TryGetValue(name, out var query) ? query : _queries[name] = Relation().Replace(_views[name], InBatch);

    // ClickHouse keeps the text of a view with its database before each relation; what follows is in the current one.
    private static string Unqualified(string text, string database) =>
        text.Replace($" {database}.", " ", StringComparison.Ordinal).Replace($" `{database}`.", " ", StringComparison.Ordinal);

    private string InBatch(Match match)
    {
        var name = match.Groups["name"].Value;
        var alias = match.Groups["alias"] is { Success: true } given ? given.Value : name;
        return IsOfBatch(name) ? $"{SubjectBatch.TableFor(name)} AS {alias}"
            : _views.TryGetValue(name, out var text) && ReadsBatch(text) ? $"({For(name)}) AS {alias}"
            : match.Value;
    }

    private bool ReadsBatch(string text) => Relation().Matches(text)
        .Select(match => match.Groups["name"].Value)
        .Any(name => IsOfBatch(name) || (_views.TryGetValue(name, out var inner) && ReadsBatch(inner)));

    private static bool IsOfBatch(string name) =>
        SubjectBatch.SubjectTables.Contains(name, StringComparer.Ordinal) || SubjectBatch.OrderTables.Contains(name, StringComparer.Ordinal);

    // "FINAL" goes with the table: a row in memory has one version.
    [GeneratedRegex(@"\b(?<=(FROM|JOIN)\s)(?<name>(subject|int|stg|order)_\w+)( AS (?<alias>\w+))?( FINAL)?\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Relation();
}
