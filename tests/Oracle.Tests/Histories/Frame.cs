namespace LifecycleMetrics.Oracle.Tests.Histories;

/// <summary>What the numbers of a history are taken by: where days begin, when weeks do, and at which two instants T.</summary>
internal sealed record Frame(string Name, string TimeZone, DayOfWeek WeekStart, DateTime AsOf, DateTime LaterAsOf)
{
    /// <summary>
    /// Madrid with a first T at the last instant of a year and a second one when clocks go forward; New York, where Sunday
    /// begins the week, with a T on the first instant of a month; Calcutta, half an hour beside all others; UTC.
    /// </summary>
    public static readonly IReadOnlyList<Frame> All =
    [
        new("Madrid", "Europe/Madrid", DayOfWeek.Monday, Utc(2024, 12, 31, 22, 59, 59, 999), Utc(2025, 3, 30, 1)),
        new("New York", "America/New_York", DayOfWeek.Sunday, Utc(2024, 12, 1, 5), Utc(2025, 1, 15, 17, 30)),
        new("Calcutta", "Asia/Kolkata", DayOfWeek.Monday, Utc(2025, 2, 28), Utc(2025, 6, 30, 18, 29, 59, 999)),
        new("UTC", "Etc/UTC", DayOfWeek.Monday, Utc(2024, 6, 30, 23, 59, 59, 999), Utc(2024, 7, 1)),
    ];

    /// <summary>The zone.</summary>
    public TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById(TimeZone);

    /// <summary>The frame of that name.</summary>
    public static Frame Of(string name) => All.Single(frame => frame.Name == name);

    private static DateTime Utc(int year, int month, int day, int hour = 0, int minute = 0, int second = 0, int millisecond = 0) =>
        new(year, month, day, hour, minute, second, millisecond, DateTimeKind.Utc);
}
