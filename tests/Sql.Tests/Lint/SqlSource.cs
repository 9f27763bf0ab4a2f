using System.Text.RegularExpressions;
using LifecycleMetrics.Storage.Schema;

namespace LifecycleMetrics.Sql.Tests.Lint;

/// <summary>What can be told of the SQL files without running them.</summary>
internal static partial class SqlSource
{
    /// <summary>All views, by name.</summary>
    public static IReadOnlyDictionary<string, ViewFile> Views { get; } = SqlFiles.Views().ToDictionary(view => view.Name);

    /// <summary>Names of the tables the migrations create.</summary>
    public static IReadOnlySet<string> Tables { get; } = SqlFiles.Migrations()
        .SelectMany(file => CreateTable().Matches(Code(file.Text)))
        .Select(match => match.Groups["name"].Value)
        .ToHashSet();

    /// <summary>Names of the views, as test cases.</summary>
    public static TheoryData<string> ViewNames() => [.. Views.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The relations a select names after from and join.</summary>
    public static IReadOnlySet<string> Read(string sql) => Source().Matches(Code(sql))
        .Select(match => match.Groups["name"].Value)
        .Where(name => Views.ContainsKey(name) || Tables.Contains(name))
        .ToHashSet();

    /// <summary>The tables a view reads, itself or through other views.</summary>
    public static IReadOnlySet<string> TablesBelow(string view) => Views.TryGetValue(view, out var file)
        ? file.Reads.SelectMany(TablesBelow).ToHashSet()
        : new HashSet<string> { view };

    /// <summary>The text without comments and with its string literals emptied.</summary>
    public static string Code(string sql) => Literal().Replace(Comment().Replace(sql, ""), "''");

    [GeneratedRegex(@"^\s*--.*$|\s--.*$", RegexOptions.Multiline, 1000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"'(\\.|''|[^'\\])*'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Literal();

    [GeneratedRegex(@"\bcreate table (?<name>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CreateTable();

    [GeneratedRegex(@"\b(from|join)\s+(?<name>[a-z]\w*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Source();
}
