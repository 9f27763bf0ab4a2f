using LifecycleMetrics.Sql.Tests.Examples;

namespace LifecycleMetrics.Sql.Tests.Invariants;

/// <summary>Subscriptions of the generated customers: begun, changed, renewed and cancelled in any order, in two currencies, some at one instant.</summary>
internal static class GeneratedSubscriptions
{
    private static readonly string[] Steps = ["Subscription Started", "Subscription Changed", "Subscription Renewed", "Subscription Cancelled"];

    public static void AddTo(List<ExampleEvent> events)
    {
        var random = new Random(20250716);
        for (var customer = 0; customer < 40; customer++)
        {
            var at = GeneratedHistory.AsOf.Date.AddDays(-random.Next(60, 500)).AddHours(22);
            for (var step = 0; step < 12; step++)
            {
                var keys = new Dictionary<string, string>
                {
                    ["id"] = $"subscription{customer}-{step}",
                    ["subscription_id"] = $"{customer}-{random.Next(2)}",
                };
                if (random.Next(3) > 0)
                {
                    keys["mrr"] = $"{random.Next(6) * 10}";
                    keys["currency"] = random.Next(5) == 0 ? "EUR" : "USD";
                }

                events.Add(new ExampleEvent(at, $"customer{customer}", step == 0 ? Steps[0] : Steps[random.Next(Steps.Length)], null, "USD", keys));
                at = at.AddHours(random.Next(4) == 0 ? 0 : 24 * random.Next(1, 60));
            }
        }
    }
}
