using System.Globalization;
using LifecycleMetrics.Lifecycle.Tests.Support;
using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>What the subscriptions of an account bring in a month, at any instant and in one currency.</summary>
internal sealed class Subscriptions
{
    /// <summary>Currencies that subscriptions are paid in.</summary>
    public static readonly IReadOnlyList<string> Currencies = ["EUR", "USD"];

    // What is said of one instant holds together, in this order.
    private static readonly List<string> Kinds =
        ["Subscription Cancelled", "Subscription Started", "Subscription Changed", "Subscription Renewed"];

    private readonly List<(DateTime At, long Mrr, int Running)> _states = [];

    public Subscriptions(Subject subject, DateTime asOf, string currency)
    {
        var running = new Dictionary<object, Amount>();
        var known = new Dictionary<object, Amount>();
        var events = subject.Touches.Where(touch => touch.At <= asOf && touch.Event.StartsWith("Subscription ", StringComparison.Ordinal));
        foreach (var instant in events.GroupBy(touch => touch.At).OrderBy(instant => instant.Key))
        {
            foreach (var touch in instant.OrderBy(touch => Kinds.IndexOf(touch.Event)).ThenBy(touch => touch.EventId, StringComparer.Ordinal))
                Happen(touch, running, known);
            var own = running.Values.Where(amount => amount.Currency == currency).ToArray();
            _states.Add((instant.Key, own.Sum(amount => amount.Mrr), own.Length));
        }
    }

    /// <summary>MRR in minor units and number of running subscriptions just before an instant.</summary>
    public (long Mrr, int Running) Before(DateTime instant) =>
        _states.LastOrDefault(state => state.At < instant) is { At.Ticks: > 0 } state ? (state.Mrr, state.Running) : (0, 0);

    /// <summary>Whether there was any MRR at some instant before.</summary>
    public bool HadMrrBefore(DateTime instant) => _states.Any(state => state.At < instant && state.Mrr > 0);

    private static void Happen(Touch touch, Dictionary<object, Amount> running, Dictionary<object, Amount> known)
    {
        var id = touch.Properties["subscription_id"];
        if (touch.Event == "Subscription Cancelled")
        {
            running.Remove(id);
            known.TryAdd(id, new Amount(0, CurrencyOf(touch)));
            return;
        }

        var hasEnded = known.ContainsKey(id) && !running.ContainsKey(id);
        if (touch.Event == "Subscription Changed" && hasEnded) return;
        if (touch.Properties.TryGetValue("mrr", out var mrr))
            known[id] = new Amount(100 * Convert.ToInt64(mrr, CultureInfo.InvariantCulture), CurrencyOf(touch));

        // Without an amount that of before holds, in its currency.
        known.TryAdd(id, new Amount(0, CurrencyOf(touch)));
        running[id] = known[id];
    }

    private static string CurrencyOf(Touch touch) => touch.Properties.TryGetValue("currency", out var currency) ? (string)currency : "USD";

    private sealed record Amount(long Mrr, string Currency);
}
