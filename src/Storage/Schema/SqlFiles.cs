using System.Reflection;

namespace LifecycleMetrics.Storage.Schema;

/// <summary>The files of sql/ as they were built into the program.</summary>
public static class SqlFiles
{
    private const string Tables = "1_tables";

    /// <summary>Scripts that make the tables, in the order of their numbers.</summary>
    public static IReadOnlyList<SqlFile> Migrations() =>
        [.. All().Where(f => f.Layer == Tables).OrderBy(f => f.Name, StringComparer.Ordinal)];

    /// <summary>The views, each after those it reads.</summary>
    public static IReadOnlyList<ViewFile> Views() =>
        ViewOrder.Sort([.. All().Where(f => f.Layer != Tables).Select(ViewFile.Parse)]);

    /// <summary>Text of sql/columns.yaml.</summary>
    public static string ColumnDescriptions() => Read("sql/columns.yaml");

    private static IEnumerable<SqlFile> All() =>
        from name in Assembly.GetManifestResourceNames()
        where name.EndsWith(".sql", StringComparison.Ordinal)
        select new SqlFile(name.Replace('\\', '/'), Read(name));

    private static Assembly Assembly => typeof(SqlFiles).Assembly;

    private static string Read(string resource)
    {
        using var stream = Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"{resource} was not built into the program.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
