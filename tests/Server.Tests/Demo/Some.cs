using LifecycleMetrics.Server.Demo;

namespace LifecycleMetrics.Server.Tests.Demo;

/// <summary>A small demo shop with a fixed end.</summary>
internal static class Some
{
    public static readonly DateTimeOffset End = new(2026, 6, 15, 10, 30, 0, TimeSpan.Zero);

    public static DemoOptions Shop(int customers = 2_000, ulong seed = 1) => new() { Customers = customers, Seed = seed };

    public static History History(int days = 365) => new(End, days);

    public static IEnumerable<Touch> Touches(DemoOptions shop) => new World(History(shop.Days), shop).Touches();
}
