using LifecycleMetrics.Oracle.Tests.Histories;

namespace LifecycleMetrics.Oracle.Tests.Worlds;

/// <summary>Local days and the periods they lie in, up to the day of T.</summary>
internal sealed class Calendar(Frame frame, DateTime asOf)
{
    /// <summary>The day of T.</summary>
    public DateOnly Today { get; } = DayOf(asOf, frame.Zone);

    /// <summary>The local day of an instant.</summary>
    public DateOnly DayOf(DateTime instant) => DayOf(instant, frame.Zone);

    /// <summary>The first instant of a local day.</summary>
    public DateTime InstantOf(DateOnly day) => TimeZoneInfo.ConvertTimeToUtc(day.ToDateTime(TimeOnly.MinValue), frame.Zone);

    /// <summary>Whether the period is over at T.</summary>
    public bool IsClosed(Period period) => period.End <= Today;

    /// <summary>The period that holds a day.</summary>
    public Period Of(string grain, DateOnly day)
    {
        var start = grain switch
        {
            "day" => day,
            "week" => day.AddDays(-(((int)day.DayOfWeek - (int)frame.WeekStart + 7) % 7)),
            "month" => new DateOnly(day.Year, day.Month, 1),
            "quarter" => new DateOnly(day.Year, ((day.Month - 1) / 3 * 3) + 1, 1),
            _ => new DateOnly(day.Year, 1, 1),
        };
        return new Period(grain, start, Next(grain, start));
    }

    /// <summary>The periods from the one that holds a day up to the one that holds T.</summary>
    public IEnumerable<Period> From(string grain, DateOnly first)
    {
        for (var period = Of(grain, first); period.Start <= Today; period = new Period(grain, period.End, Next(grain, period.End)))
            yield return period;
    }

    private static DateOnly DayOf(DateTime instant, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(instant, zone));

    private static DateOnly Next(string grain, DateOnly start) => grain switch
    {
        "day" => start.AddDays(1),
        "week" => start.AddDays(7),
        "month" => start.AddMonths(1),
        "quarter" => start.AddMonths(3),
        _ => start.AddYears(1),
    };
}
