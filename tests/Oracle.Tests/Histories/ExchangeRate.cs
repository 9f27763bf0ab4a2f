namespace LifecycleMetrics.Oracle.Tests.Histories;

/// <summary>What one unit of a currency was worth in another on a day.</summary>
internal sealed record ExchangeRate(DateOnly Day, string Currency, decimal Rate, string QuoteCurrency = "USD")
{
    /// <summary>Rates in the order in which they were imported, most days without one; the same day and currencies replace the earlier one.</summary>
    public static readonly IReadOnlyList<ExchangeRate> All =
    [
        new(new DateOnly(2023, 12, 31), "EUR", 1.05m),
        new(new DateOnly(2024, 1, 29), "EUR", 1.0832m),
        new(new DateOnly(2024, 1, 29), "JPY", 0.006511m),
        new(new DateOnly(2024, 2, 29), "EUR", 9.99m),
        new(new DateOnly(2024, 2, 29), "EUR", 1.2m),
        new(new DateOnly(2024, 3, 1), "EUR", 0.86m, "GBP"),
        new(new DateOnly(2024, 3, 4), "JPY", 0.0067m),
        new(new DateOnly(2024, 3, 31), "EUR", 1.0755m),
        new(new DateOnly(2024, 4, 1), "JPY", 0.0065m),
        new(new DateOnly(2024, 5, 6), "USD", 156.25m, "JPY"),
        new(new DateOnly(2024, 5, 6), "USD", 0.8m, "EUR"),
        new(new DateOnly(2024, 5, 20), "EUR", 160m, "JPY"),
        new(new DateOnly(2024, 5, 20), "EUR", 1.1m),
        new(new DateOnly(2024, 6, 30), "EUR", 1.0713m),
        new(new DateOnly(2024, 6, 30), "JPY", 0.0062m),
        new(new DateOnly(2024, 7, 1), "EUR", 1.0745m),
        new(new DateOnly(2024, 10, 27), "JPY", 0.0066m),
        new(new DateOnly(2024, 12, 30), "EUR", 1.04m),
    ];
}
