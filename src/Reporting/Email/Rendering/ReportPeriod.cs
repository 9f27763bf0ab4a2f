using LifecycleMetrics.Reporting.Email.Definitions;

namespace LifecycleMetrics.Reporting.Email.Rendering;

/// <summary>The days a report is about. Ends are exclusive.</summary>
public sealed record ReportPeriod(PeriodUnit Unit, DateOnly Start, DateOnly End, DateOnly PreviousStart, DateOnly HistoryStart)
{
    /// <summary>The grain of the kpi_* views: day, week, month or quarter.</summary>
    public string Grain => Unit.ToString().ToLowerInvariant();

    public DateOnly LastDay => End.AddDays(-1);

    /// <summary>The last whole period before an instant.</summary>
    /// <param name="zone">The zone days begin in, that of the report settings.</param>
    /// <param name="history">Number of periods, this one included, the queries look back over.</param>
    public static ReportPeriod Before(DateTimeOffset instant, PeriodUnit unit, TimeZoneInfo zone, DayOfWeek weekStart, int history)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
        var end = StartOf(today, unit, weekStart);
        return new ReportPeriod(unit, Add(end, unit, -1), end, Add(end, unit, -2), Add(end, unit, -history));
    }

    private static DateOnly StartOf(DateOnly day, PeriodUnit unit, DayOfWeek weekStart) => unit switch
    {
        PeriodUnit.Day => day,
        PeriodUnit.Week => day.AddDays(-((7 + (int)day.DayOfWeek - (int)weekStart) % 7)),
        PeriodUnit.Month => new DateOnly(day.Year, day.Month, 1),
        _ => new DateOnly(day.Year, ((day.Month - 1) / 3 * 3) + 1, 1),
    };

    private static DateOnly Add(DateOnly start, PeriodUnit unit, int count) => unit switch
    {
        PeriodUnit.Day => start.AddDays(count),
        PeriodUnit.Week => start.AddDays(7 * count),
        PeriodUnit.Month => start.AddMonths(count),
        _ => start.AddMonths(3 * count),
    };
}
