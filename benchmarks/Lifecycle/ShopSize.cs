using System.Globalization;

namespace LifecycleMetrics.Benchmarks.Lifecycle;

/// <summary>How large the shop is whose events are measured.</summary>
/// <param name="Events">About so many events in twelve months.</param>
/// <param name="Customers">Of so many customers; visitors who never sign up come on top where events are left for them.</param>
internal sealed record ShopSize(long Events, int Customers)
{
    /// <summary>As it heads a column.</summary>
    public string Name => Events % 1_000_000 == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{Events / 1_000_000} M")
        : string.Create(CultureInfo.InvariantCulture, $"{Events / 1e6:0.###} M");

    /// <summary>Sizes by millions of events, with customers in the proportion of <paramref name="model"/>.</summary>
    public static IReadOnlyList<ShopSize> Scale(string millions, ShopSize model) =>
    [
        .. millions.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(text => (long)(decimal.Parse(text, CultureInfo.InvariantCulture) * 1_000_000))
            .Select(events => new ShopSize(events, (int)Math.Max(1, events * model.Customers / model.Events))),
    ];
}
