using System.Globalization;
using System.Text;
using System.Text.Json;
using LifecycleMetrics.Ingest.Validation;

namespace LifecycleMetrics.Ingest.Receiving;

/// <summary>Reads the body of <c>POST /v1/costs</c>: an array of costs, or an object with such an array in <c>costs</c>.</summary>
internal sealed class CampaignCosts
{
    public List<CampaignCost> Rows { get; } = [];

    public List<RejectedEvent> Errors { get; } = [];

    /// <exception cref="IngestFormatException">The body is not JSON or holds no array of costs.</exception>
    public static CampaignCosts Read(ReadOnlyMemory<byte> body, IngestSource source, IngestOptions options)
    {
        using var document = Parse(body);
        var list = document.RootElement;
        if (list.ValueKind == JsonValueKind.Object && list.TryGetProperty("costs"u8, out var costs))
            list = costs;
        if (list.ValueKind != JsonValueKind.Array)
            throw new IngestFormatException("invalid_body", "The body must be an array of costs, or an object with such an array in \"costs\".");
        if (list.GetArrayLength() > options.MaxBatchEvents)
            throw new IngestFormatException("too_many_events", $"A request may hold {options.MaxBatchEvents} costs. Send it in parts.");

        var result = new CampaignCosts();
        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            var (row, reason, message) = ReadCost(item, source, options);
            if (row is not null)
                result.Rows.Add(row);
            else
                result.Errors.Add(new RejectedEvent(index, reason, message));
            index++;
        }

        return result;
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

    private static (CampaignCost? Row, string Reason, string Message) ReadCost(
        JsonElement item, IngestSource source, IngestOptions options)
    {
        if (item.ValueKind != JsonValueKind.Object)
            return (null, RejectReason.NotAnObject, "A cost must be a JSON object.");
        if (!TryGetText(item, "date"u8, out var dateText)
            || !DateOnly.TryParseExact(dateText, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            || date.Year is < 1970 or > 2148)
            return (null, "date_invalid", "\"date\" must be a day between 1970 and 2148, such as 2026-01-31.");
        if (!TryGetText(item, "channel"u8, out var channel) || !TryGetText(item, "campaign"u8, out var campaign)
            || !TryGetText(item, "source"u8, out var named))
            return (null, "text_invalid", "\"source\", \"channel\" and \"campaign\" must be texts.");

        if (!TryGetText(item, "currency"u8, out var currency))
            return (null, RejectReason.CurrencyUnknown, "\"currency\" must be a currency code of ISO 4217, such as EUR.");
        currency = (currency.Length == 0 ? options.DefaultCurrency : currency).ToUpperInvariant();
        if (!Currencies.TryGetMinorDigits(Encoding.UTF8.GetBytes(currency), out var digits))
            return (null, RejectReason.CurrencyUnknown, "\"currency\" is not a currency code of ISO 4217, such as EUR.");
        if (!item.TryGetProperty("cost"u8, out var cost) || cost.ValueKind != JsonValueKind.Number
            || !Money.TryParseMinor(Encoding.UTF8.GetBytes(cost.GetRawText()), digits, out var minor))
            return (null, RejectReason.CostInvalid, "\"cost\" must be a decimal number in major units.");

        var from = named.Length > 0 ? named : source.Source;
        return (new CampaignCost(date, from, channel, campaign, minor, currency), "", "");
    }

    // Absent and null are the empty text.
    private static bool TryGetText(JsonElement item, ReadOnlySpan<byte> name, out string text)
    {
        text = "";
        if (!item.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return true;
        if (value.ValueKind != JsonValueKind.String)
            return false;
        try
        {
            text = value.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            // Not UTF-8, or half a surrogate pair.
            return false;
        }
    }
}
