using System.Reflection;

namespace LifecycleMetrics.Storage.Schema;

/// <summary>The files of sql/ as they were built into the program.</summary>
public static class SqlFiles
{
    private const string Functions = "0_functions";
    private const string Tables = "1_tables";
    private const string Columns = "columns";
    private const string Metrics = "metrics";

    /// <summary>SQL functions that the views share; views keep a copy of their text, so they are made before the views.</summary>
    public static IReadOnlyList<SqlFile> SharedFunctions() =>
        [.. All(".sql").Where(f => f.Layer == Functions).OrderBy(f => f.Name, StringComparer.Ordinal)];

    /// <summary>Scripts that make the tables, in the order of their numbers.</summary>
    public static IReadOnlyList<SqlFile> Migrations() =>
        [.. All(".sql").Where(f => f.Layer == Tables).OrderBy(f => f.Name, StringComparer.Ordinal)];

    /// <summary>The views, each after those it reads.</summary>
    public static IReadOnlyList<ViewFile> Views() =>
        ViewOrder.Sort([.. All(".sql").Where(f => f.Layer is not (Functions or Tables)).Select(ViewFile.Parse)]);

    /// <summary>Text of sql/columns/*.yaml, put behind each other.</summary>
    public static string ColumnDescriptions() => Yaml(Columns);

    /// <summary>Text of sql/metrics/*.yaml, put behind each other.</summary>
    public static string MetricDefinitions() => Yaml(Metrics);

    private static string Yaml(string folder) =>
        string.Join('\n', All(".yaml").Where(f => f.Layer == folder).OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => f.Text));

    private static IEnumerable<SqlFile> All(string extension) =>
        from name in Assembly.GetManifestResourceNames()
        where name.EndsWith(extension, StringComparison.Ordinal)
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
