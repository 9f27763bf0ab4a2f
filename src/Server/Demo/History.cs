namespace LifecycleMetrics.Server.Demo;

/// <summary>
/// The span of time the demo tells: its days, how many people arrive on each, and the weeks in which deliveries failed.
/// Instants are milliseconds since 1970.
/// </summary>
internal sealed class History
{
    public const long Day = 86_400_000;
    public const long Hour = 3_600_000;
    public const long Minute = 60_000;

    // Arrivals at the end of a year, as a multiple of those at its start.
    private const double YearlyGrowth = 1.7;

    private readonly double[] _arrived;

    public History(DateTimeOffset end, int days)
    {
        End = end.ToUnixTimeMilliseconds();
        FirstDay = DateOnly.FromDateTime(end.UtcDateTime).AddDays(1 - days);
        Start = (FirstDay.DayNumber - new DateOnly(1970, 1, 1).DayNumber) * Day;
        Days = days;
        _arrived = new double[days + 1];
        for (var i = 0; i < days; i++)
        {
            // The last day is cut off at the end.
            var part = Math.Min(1, (End - Start - (i * Day)) / (double)Day);
            var growth = Math.Pow(YearlyGrowth, i / 365.0);
            _arrived[i + 1] = _arrived[i] + (Season.Factor(FirstDay.AddDays(i)) * growth * part);
        }
    }

    public DateOnly FirstDay { get; }

    public int Days { get; }

    public long Start { get; }

    public long End { get; }

    /// <summary>Instant by which the given share of all people have arrived.</summary>
    public long ArrivalOf(double share)
    {
        var target = share * _arrived[^1];
        var found = Array.BinarySearch(_arrived, target);
        var day = Math.Clamp(found >= 0 ? found : ~found - 1, 0, Days - 1);
        var inDay = (target - _arrived[day]) / Math.Max(_arrived[day + 1] - _arrived[day], 1e-9);
        var dayStart = Start + (day * Day);
        var dayEnd = Math.Min(dayStart + Day, End);
        return dayStart + (long)((0.02 + (0.97 * Waking(inDay))) * (dayEnd - dayStart));
    }

    /// <summary>Share of all people who arrive on the given day of the history, from 0.</summary>
    public double ShareOf(int day) => (_arrived[day + 1] - _arrived[day]) / _arrived[^1];

    public DateOnly DateOf(long at) => FirstDay.AddDays((int)((at - Start) / Day));

    /// <summary>
    /// True in the five weeks in which the parcel carrier failed: more cases and refunds, worse answers, fewer second orders.
    /// </summary>
    public bool IsCarrierFailing(long at)
    {
        var share = (at - Start) / (double)(Days * Day);
        return share is >= 0.50 and < 0.597;
    }

    /// <summary>Moves an instant to an hour at which people are awake, within the same day.</summary>
    public static long AtWakingHour(long at, Dice dice) => at - (at % Day) + (long)(Day * Waking(dice.Unit()) * 0.999);

    // Few events at night, most in the evening: a smooth curve through the quantiles of a day.
    private static double Waking(double share) => 0.27 + (0.71 * share) - (0.27 * (1 - share) * (1 - share));
}
