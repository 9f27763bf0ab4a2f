using System.Text.Json;
using LifecycleMetrics.Ingest.Spool;
using LifecycleMetrics.Ingest.Validation;

namespace LifecycleMetrics.Ingest.Receiving;

/// <summary>Costs as JSON: an array of objects, or an object with such an array in <c>costs</c>.</summary>
internal static class CostJson
{
    /// <exception cref="IngestFormatException">The body is not JSON or holds no array of costs.</exception>
    public static void Read(ByteBuffer body, CampaignCosts to)
    {
        LoneSurrogates.Replace(body.Span);
        using var document = Parse(body.WrittenMemory);
        var list = document.RootElement;
        if (list.ValueKind == JsonValueKind.Object && list.TryGetProperty("costs"u8, out var costs))
            list = costs;
        if (list.ValueKind != JsonValueKind.Array)
            throw new IngestFormatException("invalid_body", "The body must be an array of costs, or an object with such an array in \"costs\".");

        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Object)
                to.Add(Fields(item));
            else
                to.Refuse(RejectReason.NotAnObject, "A cost must be a JSON object.");
        }
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException e)
        {
            throw new IngestFormatException(
                "invalid_json", $"The body is not valid JSON, at line {e.LineNumber + 1}, byte {e.BytePositionInLine}.", e);
        }
    }

    private static CostFields Fields(JsonElement item) => new(
        Text(item, "date"u8),
        Text(item, "source"u8),
        Text(item, "channel"u8),
        Text(item, "campaign"u8),
        item.TryGetProperty("cost"u8, out var cost) && cost.ValueKind == JsonValueKind.Number ? cost.GetRawText() : null,
        Text(item, "currency"u8));

    private static string? Text(JsonElement item, ReadOnlySpan<byte> name)
    {
        if (!item.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return "";
        if (value.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // Not UTF-8.
            return null;
        }
    }
}
