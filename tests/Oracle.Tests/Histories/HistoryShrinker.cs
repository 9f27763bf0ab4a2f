using LifecycleMetrics.Lifecycle.Tests.Support;

namespace LifecycleMetrics.Oracle.Tests.Histories;

/// <summary>Makes a history smaller: fewer events, fewer instalments, plainer events.</summary>
internal static class HistoryShrinker
{
    /// <summary>Histories one step smaller, the much smaller ones first.</summary>
    public static IEnumerable<History> Smaller(History history)
    {
        var arrivals = history.Arrivals;
        for (var length = arrivals.Count / 2; length >= 1; length /= 2)
        {
            for (var start = 0; start + length <= arrivals.Count; start += length)
                yield return new History([.. arrivals.Take(start), .. arrivals.Skip(start + length)]);
        }

        foreach (var later in arrivals.Where(arrival => arrival.Instalment > 1).Select(arrival => arrival.Instalment).Distinct())
            yield return new History([.. arrivals.Select(arrival => arrival.Instalment == later ? arrival with { Instalment = 1 } : arrival)]);

        // All copies of an event stay alike.
        foreach (var touch in arrivals.Select(arrival => arrival.Touch).DistinctBy(touch => touch.EventId))
        {
            foreach (var plainer in Plainer(touch))
            {
                yield return new History([.. arrivals.Select(arrival =>
                    arrival.Touch.EventId == touch.EventId ? arrival with { Touch = plainer } : arrival)]);
            }
        }
    }

    private static IEnumerable<Touch> Plainer(Touch touch)
    {
        Touch[] simpler =
        [
            touch with { Channel = "", Campaign = "", Country = "", IsBot = false, IsInternal = false, IsTest = false, IsUndated = false, ReceivedAt = null },
            touch with { Channel = "" },
            touch with { Campaign = "" },
            touch with { Country = "" },
            touch with { IsBot = false, IsInternal = false, IsTest = false },
            touch with { ReceivedAt = null },
            touch with { IsUndated = false },
            touch with { CostMinor = null },
            touch with { RefundId = "" },
            touch with { AnonymousId = touch.UserId.Length > 0 ? "" : touch.AnonymousId },
            touch with { At = touch.At.Date.AddHours(12), ReceivedAt = null },
        ];
        return simpler.Where(plainer => plainer != touch);
    }
}
