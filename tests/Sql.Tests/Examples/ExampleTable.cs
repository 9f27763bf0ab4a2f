using System.Globalization;
using System.Text;

namespace LifecycleMetrics.Sql.Tests.Examples;

/// <summary>
/// Rows as an example writes them: cells between bars, the column names on the first line. <c>null</c> is NULL and
/// <c>''</c> an empty text; a number is compared to as many decimals as are written.
/// </summary>
internal sealed class ExampleTable(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows)
{
    public IReadOnlyList<string> Columns => columns;

    public IReadOnlyList<IReadOnlyList<string>> Rows => rows;

    public static ExampleTable Parse(string block)
    {
        var lines = ExampleEvent.Lines(block).Select(Cells).ToArray();
        if (lines.Length == 0) throw new FormatException("An expected table has at least its line of column names.");
        if (lines.FirstOrDefault(line => line.Length != lines[0].Length) is { } wrong)
            throw new FormatException($"'{string.Join(" | ", wrong)}' has {wrong.Length} cells, the first line {lines[0].Length}.");
        return new ExampleTable(lines[0], lines[1..]);
    }

    /// <summary>Whether the other table shows the same rows in the same order.</summary>
    public bool Matches(ExampleTable actual) =>
        rows.Count == actual.Rows.Count
        && rows.Zip(actual.Rows).All(pair => pair.First.Zip(pair.Second).All(cell => Equal(cell.First, cell.Second)));

    /// <inheritdoc/>
    public override string ToString()
    {
        var lines = rows.Prepend(columns).ToArray();
        var widths = columns.Select((_, column) => lines.Max(line => line[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var line in lines)
            text.AppendLine(string.Join(" | ", line.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        return text.ToString();
    }

    private static string[] Cells(string line) => [.. line.Split('|').Select(cell => cell.Trim())];

    private static bool Equal(string expected, string actual)
    {
        if (expected == actual || (expected == "''" && actual.Length == 0)) return true;
        var point = expected.IndexOf('.', StringComparison.Ordinal);
        return point > 0
            && double.TryParse(expected, NumberStyles.Float, CultureInfo.InvariantCulture, out var wanted)
            && double.TryParse(actual, NumberStyles.Float, CultureInfo.InvariantCulture, out var got)
            && Math.Abs(wanted - got) <= 0.5001 * Math.Pow(10, point + 1 - expected.Length);
    }
}
