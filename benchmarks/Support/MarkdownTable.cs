namespace LifecycleMetrics.Benchmarks.Support;

/// <summary>A table as it can stand in a README.</summary>
internal sealed class MarkdownTable(params string[] head)
{
    private readonly List<string[]> _rows = [];

    public void Add(params string[] cells) => _rows.Add(cells);

    /// <summary>Prints the table under a heading.</summary>
    public void Print(string heading)
    {
        Console.WriteLine();
        Console.WriteLine($"### {heading}");
        Console.WriteLine();
        Console.WriteLine(Line(head));
        Console.WriteLine(Line([.. head.Select((_, i) => i == 0 ? "---" : "---:")]));
        foreach (var row in _rows)
            Console.WriteLine(Line(row));
        Console.WriteLine();
    }

    private static string Line(string[] cells) => $"| {string.Join(" | ", cells)} |";
}
