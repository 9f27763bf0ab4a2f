namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>The score interval of Wilson (1927) at 95 %.</summary>
internal static class Wilson
{
    private const double Z = 1.959963984540054;

    public static (double? Low, double? High) Of(long k, long n)
    {
        if (n == 0) return (null, null);
        var share = (double)k / n;
        var centre = share + (Z * Z / (2 * n));
        var half = Z * Math.Sqrt(((share * (1 - share)) + (Z * Z / (4 * n))) / n);
        var scale = 1 + (Z * Z / n);
        return (Math.Clamp((centre - half) / scale, 0, 1), Math.Clamp((centre + half) / scale, 0, 1));
    }
}
