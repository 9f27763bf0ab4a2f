using LifecycleMetrics.Lifecycle.Tests.Support;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>Divides what a conversion brought among the touches that led to it.</summary>
internal static class Credit
{
    /// <summary>The attribution models.</summary>
    public static readonly IReadOnlyList<string> Models = ["first", "last", "last_non_direct", "linear", "position_based", "time_decay"];

    /// <summary>The weight of each touch as a whole number, so that shares are exact; time decay weighs in billionths.</summary>
    public static long[] Weights(string model, IReadOnlyList<Touch> touches, DateTime at)
    {
        var count = touches.Count;
        return model switch
        {
            "first" => One(0),
            "last" => One(count - 1),
            "last_non_direct" => One(Named()),
            "linear" => [.. touches.Select(_ => 1L)],
            "time_decay" => [.. touches.Select(touch => (long)Math.Round(1e9 * Math.Pow(2, -(at - touch.At).TotalDays / 7)))],

            // 40 to 20 / (n - 2) is 2 (n - 2) to 1.
            _ => [.. touches.Select((_, i) => count > 2 && (i == 0 || i == count - 1) ? 2L * (count - 2) : 1)],
        };

        long[] One(int which) => [.. touches.Select((_, i) => i == which ? 1L : 0)];

        // Where all touches are direct, the last of them.
        int Named()
        {
            var named = touches.ToList().FindLastIndex(touch => ReferenceLifecycle.ChannelOf(touch) != "direct");
            return named < 0 ? count - 1 : named;
        }
    }

    /// <summary>Whole parts by largest remainder, of equal ones the earlier first; they add up to the amount.</summary>
    public static long[] Split(long amount, IReadOnlyList<long> weights)
    {
        Int128 all = weights.Sum();
        var parts = weights.Select(weight => (long)(amount * (Int128)weight / all)).ToArray();
        var remainders = weights.Select(weight => amount * (Int128)weight % all).ToArray();
        var left = (int)(amount - parts.Sum());
        foreach (var i in Enumerable.Range(0, parts.Length).OrderByDescending(i => remainders[i]).Take(left)) parts[i]++;
        return parts;
    }
}
