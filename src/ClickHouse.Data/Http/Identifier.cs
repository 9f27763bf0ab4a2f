namespace ClickHouse.Data.Http;

/// <summary>Names of tables and columns, quoted so that any name is safe in SQL.</summary>
internal static class Identifier
{
    public static string Quote(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return $"`{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal)}`";
    }

    /// <summary>Quotes <c>table</c> or <c>database.table</c>.</summary>
    public static string QuoteTable(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? Quote(name) : $"{Quote(name[..dot])}.{Quote(name[(dot + 1)..])}";
    }
}
