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
        for (var quoted = day; quoted >= day.AddDays(-7); quoted = quoted.AddDays(-1))
        {
            if (RateOf(currency, quoted) is { } rate) return (long)(amount * rate * Scale * (currency == "JPY" ? 100 : 1));
        }

        return null;
    }

    // As quoted in dollars, else the other way round, else through the first other currency that both are quoted with.
    private static decimal? RateOf(string currency, DateOnly day) =>
        Quoted(currency, "USD", day)
        ?? Inverse(currency, "USD", day)
        ?? new[] { "EUR", "GBP", "JPY" }.Where(via => via != currency)
            .Select(via => (Quoted(currency, via, day) ?? Inverse(currency, via, day)) * (Quoted(via, "USD", day) ?? Inverse(via, "USD", day)))
            .FirstOrDefault(rate => rate is not null);

    private static decimal? Inverse(string currency, string quote, DateOnly day) => 1 / Quoted(quote, currency, day);

    private static decimal? Quoted(string currency, string quote, DateOnly day) =>
        ExchangeRate.All.LastOrDefault(rate => (rate.Currency, rate.QuoteCurrency, rate.Day) == (currency, quote, day))?.Rate;
}
