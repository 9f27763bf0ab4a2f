namespace LifecycleMetrics.Benchmarks.Lifecycle;

/// <summary>The statements in Sql/.</summary>
internal static class SqlText
{
    public static string Load(string name)
    {
        using var stream = typeof(SqlText).Assembly.GetManifestResourceStream($"lifecycle.{name}.sql")
            ?? throw new ArgumentException($"There is no statement {name}.", nameof(name));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
