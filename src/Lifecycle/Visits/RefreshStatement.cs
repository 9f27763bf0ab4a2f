namespace LifecycleMetrics.Lifecycle.Visits;

/// <summary>The statements of the refresh, kept as files in Sql/.</summary>
internal static class RefreshStatement
{
    private const string SettingsHash = "settings_hash";

    /// <summary>The text of Sql/<paramref name="name"/>.sql.</summary>
    public static string Load(string name) => Load(name, RefreshTables.Live);

    /// <summary>The text of Sql/<paramref name="name"/>.sql, working on <paramref name="tables"/>.</summary>
    public static string Load(string name, RefreshTables tables)
    {
        var text = tables.FillIn(Read(name));
        return text.Contains($"<<{SettingsHash}>>", StringComparison.Ordinal)
            ? text.Replace($"<<{SettingsHash}>>", Read(SettingsHash).Trim(), StringComparison.Ordinal)
            : text;
    }

    private static string Read(string name)
    {
        using var stream = typeof(RefreshStatement).Assembly.GetManifestResourceStream($"refresh.{name}.sql")
            ?? throw new ArgumentException($"There is no statement {name}.", nameof(name));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
