using LifecycleMetrics.Oracle.Tests.Histories;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>What amounts are worth in the reporting currency, US dollars.</summary>
internal static class Rates
{
    /// <summary>Parts of a cent that converted amounts are whole numbers of.</summary>
    public const long Scale = 1_000_000;

    /// <summary>
    /// An amount in millionths of a cent, at the rate of a day or the last of the 7 days before; null if there is none. One
    /// yen has no hundredths.
    /// </summary>
    public static long? Convert(long amount, string currency, DateOnly day)
    {
        if (currency == "USD") return amount * Scale;
        var rate = ExchangeRate.All.LastOrDefault(rate =>
            rate.Currency == currency && rate.QuoteCurrency == "USD" && rate.Day <= day && rate.Day.AddDays(7) >= day
            && !ExchangeRate.All.Any(other => other.Currency == currency && other.QuoteCurrency == "USD" && other.Day > rate.Day && other.Day <= day));
        return rate is null ? null : (long)(amount * rate.Rate * Scale * (currency == "JPY" ? 100 : 1));
    }
}
