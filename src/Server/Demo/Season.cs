namespace LifecycleMetrics.Server.Demo;

/// <summary>How busy a day is for a shop: by month, weekday and the days around Black Friday; 1 is an ordinary day.</summary>
internal static class Season
{
    private static readonly double[] Months =
        [0.86, 0.88, 0.96, 1.00, 1.02, 0.98, 0.90, 0.88, 1.00, 1.05, 1.22, 1.28];

    // Sunday first, as DayOfWeek counts.
    private static readonly double[] Weekdays = [1.02, 1.08, 1.05, 1.02, 1.00, 0.93, 0.86];

    public static double Factor(DateOnly day) =>
        Months[day.Month - 1] * Weekdays[(int)day.DayOfWeek] * Peak(day);

    /// <summary>The day after the fourth Thursday of November.</summary>
    public static DateOnly BlackFriday(int year)
    {
        var first = new DateOnly(year, 11, 1);
        var toThursday = ((int)DayOfWeek.Thursday - (int)first.DayOfWeek + 7) % 7;
        return first.AddDays(toThursday + 22);
    }

    private static double Peak(DateOnly day) => (day.DayNumber - BlackFriday(day.Year).DayNumber) switch
    {
        0 => 2.6,
        3 => 2.1,                   // the Monday after
        1 or 2 => 1.6,
        >= -4 and < 0 => 1.3,
        _ => day is { Month: 12, Day: >= 24 and <= 26 } ? 0.55 : 1,
    };
}
