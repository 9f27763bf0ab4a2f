namespace LifecycleMetrics.Lifecycle.Visits;

/// <summary>The statements of the refresh, kept as files in Sql/.</summary>
internal static class RefreshStatement
{
    /// <summary>The text of Sql/<paramref name="name"/>.sql.</summary>
    public static string Load(string name)
    {
        using var stream = typeof(RefreshStatement).Assembly.GetManifestResourceStream($"refresh.{name}.sql")
            ?? throw new ArgumentException($"There is no statement {name}.", nameof(name));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
