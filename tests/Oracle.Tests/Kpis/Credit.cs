using LifecycleMetrics.Lifecycle.Tests.Support;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>Divides what a conversion brought among the touches that led to it.</summary>
internal static class Credit
{
    /// <summary>The attribution models whose parts are whole numbers; time decay weighs by powers of two.</summary>
    public static readonly IReadOnlyList<string> Models = ["first", "last", "last_non_direct", "linear", "position_based", "time_decay"];

    /// <summary>The weight of each touch.</summary>
    public static double[] Weights(string model, IReadOnlyList<Touch> touches, DateTime at)
    {
        var count = touches.Count;
        return model switch
        {
            "first" => One(0),
            "last" => One(count - 1),
            "last_non_direct" => One(Named()),
            "linear" => [.. touches.Select(_ => 1d)],
            "time_decay" => [.. touches.Select(touch => Math.Pow(2, -(at - touch.At).TotalDays / 7))],
            _ => [.. touches.Select((_, i) => count switch { 1 => 100d, 2 => 50d, _ => i == 0 || i == count - 1 ? 40d : 20d / (count - 2) })],
        };

        double[] One(int which) => [.. touches.Select((_, i) => i == which ? 1d : 0d)];

        // Where all touches are direct, the last of them.
        int Named()
        {
            var named = touches.ToList().FindLastIndex(touch => ReferenceLifecycle.ChannelOf(touch) != "direct");
            return named < 0 ? count - 1 : named;
        }
    }

    /// <summary>Whole parts by largest remainder, of equal ones the earlier first; they add up to the amount.</summary>
    public static long[] Split(long amount, double[] weights)
    {
        var exact = weights.Select(weight => (decimal)Math.Abs(amount) * (decimal)weight / (decimal)weights.Sum()).ToArray();
        var parts = exact.Select(part => (long)Math.Floor(part + 1e-15m)).ToArray();
        var left = Math.Abs(amount) - parts.Sum();
        foreach (var i in Enumerable.Range(0, parts.Length).OrderByDescending(i => Math.Round(exact[i] - parts[i], 9)).Take((int)left)) parts[i]++;
        return [.. parts.Select(part => part * Math.Sign(amount))];
    }
}
