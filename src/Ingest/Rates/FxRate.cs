namespace LifecycleMetrics.Ingest.Rates;

/// <summary>What one unit of a currency was worth in units of another on a day.</summary>
/// <param name="Date">Day the rate was quoted for.</param>
/// <param name="Currency">ISO 4217 code of the currency that is converted.</param>
/// <param name="QuoteCurrency">ISO 4217 code of the currency it is converted into.</param>
/// <param name="Rate">Above 0.</param>
public sealed record FxRate(DateOnly Date, string Currency, string QuoteCurrency, decimal Rate);
