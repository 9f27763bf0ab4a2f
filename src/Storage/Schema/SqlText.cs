namespace LifecycleMetrics.Storage.Schema;

/// <summary>Literals and names for statements that take no parameters, as data definition does.</summary>
internal static class SqlText
{
    public static string Literal(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    public static string Name(string name) =>
        $"`{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal)}`";
}
