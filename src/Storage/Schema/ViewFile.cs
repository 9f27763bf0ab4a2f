namespace LifecycleMetrics.Storage.Schema;

/// <summary>A view: one select, opened by four comment lines that say what it is.</summary>
/// <param name="File">The file.</param>
/// <param name="Purpose">What it answers.</param>
/// <param name="Key">Names of the columns that tell its rows apart.</param>
/// <param name="Reads">Relations it reads.</param>
/// <param name="Time">Time zone and late-event rule.</param>
public sealed record ViewFile(
    SqlFile File, string Purpose, IReadOnlyList<string> Key, IReadOnlyList<string> Reads, string Time)
{
    private const string OneRowPer = "one row per ";

    /// <summary>The view's name, which is the file's.</summary>
    public string Name => File.Name;

    /// <summary>Whether users see it (through OData, dashboards and e-mails).</summary>
    public bool IsPublished => IsPublishedName(Name);

    /// <summary>The view's comment in the database: purpose and key.</summary>
    public string Comment => $"{Purpose}\nkey: {string.Join(", ", Key)}";

    /// <summary>Whether a relation of this name is published.</summary>
    public static bool IsPublishedName(string name) =>
        name.StartsWith("kpi_", StringComparison.Ordinal)
        || name.StartsWith("dim_", StringComparison.Ordinal)
        || name == "stg_touchpoint";

    /// <summary>Reads the four lines.</summary>
    /// <exception cref="SchemaException">One is missing.</exception>
    public static ViewFile Parse(SqlFile file)
    {
        var lines = file.Text.Split('\n');
        var purpose = Line(file, lines, 0, "purpose");
        var grain = Line(file, lines, 1, "grain");
        if (!grain.StartsWith(OneRowPer, StringComparison.Ordinal))
            throw new SchemaException($"{file.Path}:2: the grain must read '-- grain: {OneRowPer}column, column'.");
        return new ViewFile(
            file,
            purpose,
            Names(grain[OneRowPer.Length..]),
            Names(Line(file, lines, 2, "reads")),
            Line(file, lines, 3, "time"));
    }

    private static string Line(SqlFile file, string[] lines, int index, string word)
    {
        var start = $"-- {word}: ";
        if (index < lines.Length && lines[index].StartsWith(start, StringComparison.Ordinal))
            return lines[index][start.Length..].Trim();
        throw new SchemaException($"{file.Path}:{index + 1}: the line must begin with '{start}'.");
    }

    private static string[] Names(string list) =>
        list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
