namespace LifecycleMetrics.Benchmarks.Support;

/// <summary>Quantiles of a few measurements.</summary>
internal static class Quantiles
{
    /// <summary>The measurement that a share of <paramref name="p"/> does not exceed.</summary>
    public static double Quantile(this IEnumerable<double> values, double p)
    {
        var ordered = values.Order().ToArray();
        return ordered.Length == 0 ? double.NaN : ordered[Math.Clamp((int)Math.Ceiling(p * ordered.Length) - 1, 0, ordered.Length - 1)];
    }

    public static double Median(this IEnumerable<double> values) => values.Quantile(0.5);
}
