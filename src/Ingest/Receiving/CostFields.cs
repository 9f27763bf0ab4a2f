using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using LifecycleMetrics.Ingest.Validation;

namespace LifecycleMetrics.Ingest.Receiving;

/// <summary>One cost as it was sent. What was not given is the empty text; null is what is no text, or (for the cost) no number.</summary>
internal readonly record struct CostFields(
    string? Date, string? Source, string? Channel, string? Campaign, string? Cost, string? Currency)
{
    /// <summary>The cost; or the reason to refuse it.</summary>
    public bool TryRead(
        IngestSource sender, IngestOptions options, [NotNullWhen(true)] out CampaignCost? cost, out string reason, out string message)
    {
        cost = null;
        (reason, message) = ("", "");
        if (!DateOnly.TryParseExact(Date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            || date.Year is < 1970 or > 2148)
        {
            (reason, message) = ("date_invalid", "\"date\" must be a day between 1970 and 2148, such as 2026-01-31.");
        }
        else if (Source is null || Channel is null || Campaign is null)
        {
            (reason, message) = ("text_invalid", "\"source\", \"channel\" and \"campaign\" must be texts.");
        }
        else if (!TryReadCurrency(options, out var currency, out var digits))
        {
            (reason, message) = (RejectReason.CurrencyUnknown, "\"currency\" must be a currency code of ISO 4217, such as EUR.");
        }
        else if (Cost is null || !Money.TryParseMinor(Encoding.UTF8.GetBytes(Cost), digits, out var minor))
        {
            (reason, message) = (RejectReason.CostInvalid, "\"cost\" must be a decimal number in major units.");
        }
        else
        {
            cost = new CampaignCost(date, Source.Length > 0 ? Source : sender.Source, Channel, Campaign, minor, currency);
        }

        return cost is not null;
    }

    private bool TryReadCurrency(IngestOptions options, out string currency, out int digits)
    {
        currency = (Currency is "" ? options.DefaultCurrency : Currency ?? "").ToUpperInvariant();
        return Currencies.TryGetMinorDigits(Encoding.UTF8.GetBytes(currency), out digits);
    }
}
