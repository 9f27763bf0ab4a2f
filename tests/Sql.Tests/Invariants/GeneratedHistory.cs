using LifecycleMetrics.Sql.Tests.Examples;

namespace LifecycleMetrics.Sql.Tests.Invariants;

/// <summary>
/// A made-up year and a half of a small shop, always the same: subjects that come, order, pay back, lapse and return, some
/// anonymous, with events in no order and some of them sent twice.
/// </summary>
internal static class GeneratedHistory
{
    public const string TimeZone = "Europe/Madrid";

    public static readonly DateTime AsOf = new(2025, 7, 15, 9, 30, 0, DateTimeKind.Utc);

    private static readonly DateTime Begin = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly string[] Channels = ["email", "paid_search", "direct", "referral"];
    private static readonly string[] Countries = ["", "ES", "DE", "BR"];
    private static readonly string[] Steps = ["Page Viewed", "Signed Up", "Product Added", "Email Sent", "Review Submitted", "Ad Clicked", "Email Clicked"];

    /// <summary>The events, in the order in which they arrive.</summary>
    public static IReadOnlyList<ExampleEvent> Events()
    {
        var random = new Random(20250715);
        var events = new List<ExampleEvent>();
        for (var subject = 0; subject < 120; subject++) AddLife(events, random, subject);
        GeneratedSubscriptions.AddTo(events);
        GeneratedPersonas.AddTo(events);
        events.AddRange(events.Where(_ => random.Next(20) == 0).ToArray());
        var shuffled = events.ToArray();
        random.Shuffle(shuffled);
        return shuffled;
    }

    private static void AddLife(List<ExampleEvent> events, Random random, int subject)
    {
        var name = random.Next(10) == 0 ? $"~visitor{subject}" : $"customer{subject}";
        var channel = Channels[random.Next(Channels.Length)];
        var country = Countries[random.Next(Countries.Length)];
        var at = Begin.AddHours(random.Next(24 * 500));
        for (var step = random.Next(1, 16); step > 0 && at < AsOf; step--)
        {
            var keys = new Dictionary<string, string>
            {
                ["id"] = $"{name}-{step}",
                ["channel"] = channel,
                ["country"] = country,
                ["campaign"] = $"campaign{random.Next(3)}",
            };
            if (random.Next(3) == 0) AddOrder(events, random, name, at, keys);
            else events.Add(new ExampleEvent(at, name, Steps[random.Next(Steps.Length)], null, "USD", keys));

            // Mostly days apart, now and then longer than it takes to lapse; local midnights are hit on purpose.
            at = random.Next(6) == 0 ? at.AddDays(random.Next(150, 230)) : at.AddHours(random.Next(1, 24 * 25));
            if (random.Next(5) == 0) at = at.Date.AddHours(22);
        }
    }

    private static void AddOrder(
        List<ExampleEvent> events, Random random, string name, DateTime at, Dictionary<string, string> keys)
    {
        var amount = random.Next(500, 20_000) / 100m;
        var currency = random.Next(4) == 0 ? "EUR" : "USD";
        keys["order"] = $"order-{keys["id"]}";
        events.Add(new ExampleEvent(at, name, "Order Completed", amount, currency, keys));
        if (random.Next(4) != 0) return;
        var refundKeys = new Dictionary<string, string>(keys) { ["id"] = $"{keys["id"]}-refund" };
        var refund = random.Next(2) == 0 ? amount : Math.Round(amount / 2, 2);
        events.Add(new ExampleEvent(at.AddDays(random.Next(1, 40)), name, "Order Refunded", refund, currency, refundKeys));
    }
}
