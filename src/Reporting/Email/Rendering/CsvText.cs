using System.Globalization;
using System.Text;

namespace LifecycleMetrics.Reporting.Email.Rendering;

/// <summary>Writes rows as CSV (RFC 4180, UTF-8 with a mark, so that Excel reads the letters right). Lists are left away.</summary>
internal static class CsvText
{
    public static byte[] Write(ReportRows answer)
    {
        var shown = Enumerable.Range(0, answer.Columns.Count)
            .Where(column => answer.Rows.All(row => row[column] is not IReadOnlyList<object?>))
            .ToList();
        var text = new StringBuilder();
        text.AppendJoin(',', shown.Select(column => Quote(answer.Columns[column]))).Append("\r\n");
        foreach (var row in answer.Rows) text.AppendJoin(',', shown.Select(column => Cell(row[column]))).Append("\r\n");
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    private static string Cell(object? value) => value switch
    {
        null => "",
        string text => Quote(Harmless(text)),
        bool flag => flag ? "true" : "false",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset instant => instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Quote(value.ToString() ?? ""),
    };

    /// <summary>A spreadsheet takes a text that begins like a formula for one; an apostrophe before it makes it text.</summary>
    private static string Harmless(string text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text;

    private static string Quote(string text) => text.AsSpan().ContainsAny("\",\r\n")
        ? "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\""
        : text;
}
