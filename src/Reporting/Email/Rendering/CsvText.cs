using System.Text;
using LifecycleMetrics.Reporting.Csv;

namespace LifecycleMetrics.Reporting.Email.Rendering;

/// <summary>Writes rows as CSV (UTF-8 with a mark, so that Excel reads the letters right). Lists are left away.</summary>
internal static class CsvText
{
    public static byte[] Write(ReportRows answer)
    {
        var shown = Enumerable.Range(0, answer.Columns.Count)
            .Where(column => answer.Rows.All(row => row[column] is not IReadOnlyList<object?>))
            .ToList();
        var text = new StringBuilder(CsvLine.Of(shown.Select(column => answer.Columns[column])));
        foreach (var row in answer.Rows) text.Append(CsvLine.Of(shown.Select(column => row[column])));
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }
}
