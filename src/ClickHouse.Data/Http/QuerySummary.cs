using System.Globalization;
using System.Text.Json;

namespace ClickHouse.Data.Http;

/// <summary>What the server counted. Complete for a statement without result; for a streamed result it is what was known when the answer began.</summary>
internal readonly record struct QuerySummary(long ReadRows, long WrittenRows, long WrittenBytes)
{
    /// <summary>Null if the answer does not say; something between here and the server may have dropped it.</summary>
    public static QuerySummary? From(HttpResponseMessage response)
    {
        if (ResponseHeaders.Get(response, ResponseHeaders.Summary) is not { Length: > 0 } json)
        {
            return null;
        }

        using var summary = JsonDocument.Parse(json);
        return new QuerySummary(
            Number(summary.RootElement, "read_rows"),
            Number(summary.RootElement, "written_rows"),
            Number(summary.RootElement, "written_bytes"));
    }

    private static long Number(JsonElement summary, string name) =>
        summary.TryGetProperty(name, out var value)
        && long.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
