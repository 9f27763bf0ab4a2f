namespace LifecycleMetrics.Reporting.OData.Schema;

/// <summary>A published view. Its comment is the purpose, then a line <c>key: a, b, c</c> with the columns of its grain.</summary>
internal sealed record PublishedView(string Name, string Comment, IReadOnlyList<PublishedColumn> Columns)
{
    private const string KeyLine = "key:";

    public IReadOnlyList<string> Key => [.. Comment.Split('\n')
        .Where(line => line.StartsWith(KeyLine, StringComparison.Ordinal))
        .SelectMany(line => line[KeyLine.Length..]
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),];

    public string Purpose => string.Join(' ', Comment.Split('\n', StringSplitOptions.TrimEntries)
        .Where(line => line.Length > 0 && !line.StartsWith(KeyLine, StringComparison.Ordinal)));
}
