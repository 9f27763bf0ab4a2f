namespace LifecycleMetrics.Reporting.Dashboards.Queries;

/// <summary>What the time picker says.</summary>
/// <param name="From">First instant shown.</param>
/// <param name="To">Last instant shown.</param>
/// <param name="Interval">Distance of the points that a panel of this width can show.</param>
public sealed record TimeWindow(DateTimeOffset From, DateTimeOffset To, TimeSpan Interval)
{
    private static readonly int[] NiceSeconds =
        [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 604800, 2592000];

    /// <param name="from">Milliseconds since 1970 (UTC).</param>
    /// <param name="to">Milliseconds since 1970 (UTC).</param>
    /// <param name="maxDataPoints">About the width of the panel in pixels.</param>
    /// <param name="longest">Longest range allowed.</param>
    /// <exception cref="DashboardQueryException">The range is empty, too long, or no instants.</exception>
    public static TimeWindow Create(long from, long to, int maxDataPoints, TimeSpan longest)
    {
        if (from < DateTimeOffset.UnixEpoch.ToUnixTimeMilliseconds() || to > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
            throw new DashboardQueryException("The time range must lie between 1970 and 9999, in milliseconds since 1970.");
        if (from >= to)
            throw new DashboardQueryException("The time range is empty: its start must be before its end.");
        if (to - from > longest.TotalMilliseconds)
            throw new DashboardQueryException($"The time range is longer than {longest.TotalDays:0} days; choose a shorter one.");
        var exact = (to - from) / 1000.0 / Math.Clamp(maxDataPoints, 10, 5000);
        var seconds = NiceSeconds.FirstOrDefault(nice => nice >= exact, NiceSeconds[^1]);
        return new TimeWindow(
            DateTimeOffset.FromUnixTimeMilliseconds(from), DateTimeOffset.FromUnixTimeMilliseconds(to),
            TimeSpan.FromSeconds(seconds));
    }
}
