using System.Globalization;

namespace LifecycleMetrics.Lifecycle.Tests.Support;

/// <summary>Short ways to write touchpoints. Days count from 1 January 2026.</summary>
internal static class Some
{
    private static int _number;

    public static DateTime Day(double day) => new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(day);

    public static Touch Event(string name, double day, string user = "ann") =>
        new(NextId(), Day(day), name) { UserId = user };

    public static Touch Page(double day, string user = "ann") => Event("Page Viewed", day, user) with { Type = "page" };

    public static Touch Order(string orderId, double day, long revenueMinor = 5000, string user = "ann") =>
        Event("Order Completed", day, user) with { OrderId = orderId, RevenueMinor = revenueMinor };

    public static Touch Refund(string orderId, double day, long? amountMinor = null, string user = "ann") =>
        Event("Order Refunded", day, user) with { OrderId = orderId, RevenueMinor = amountMinor };

    public static Touch Group(string accountId, double day, string user = "ann") =>
        Event("Grouped", day, user) with { Type = "group", AccountId = accountId };

    public static Touch Anonymous(this Touch touch, string anonymousId) =>
        touch with { UserId = "", AnonymousId = anonymousId };

    private static string NextId() =>
        string.Create(CultureInfo.InvariantCulture, $"e{Interlocked.Increment(ref _number):D6}");
}
