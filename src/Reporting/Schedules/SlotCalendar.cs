using LifecycleMetrics.Reporting.Email.Definitions;

namespace LifecycleMetrics.Reporting.Schedules;

/// <summary>The instants a schedule names.</summary>
public static class SlotCalendar
{
    /// <summary>The first slot after an instant; null when the schedule has none any more.</summary>
    public static DateTimeOffset? Next(ReportSchedule schedule, DateTimeOffset after) =>
        schedule.Cron.GetNextOccurrence(after.ToUniversalTime(), schedule.Zone)?.ToUniversalTime();

    /// <summary>The slots after one instant up to and with another, oldest first.</summary>
    public static IReadOnlyList<DateTimeOffset> Between(ReportSchedule schedule, DateTimeOffset after, DateTimeOffset until) => after >= until
        ? []
        : [.. schedule.Cron.GetOccurrences(after.ToUniversalTime(), until.ToUniversalTime(), schedule.Zone, fromInclusive: false, toInclusive: true).Select(slot => slot.ToUniversalTime())];

    /// <summary>The latest slot up to and with an instant, within the last two years; null when there is none.</summary>
    public static DateTimeOffset? Latest(ReportSchedule schedule, DateTimeOffset until)
    {
        // Cron expressions are walked forwards only, so the window grows until it holds a slot.
        foreach (var days in (int[])[1, 8, 32, 370, 740])
        {
            if (Between(schedule, until.AddDays(-days), until) is [.., var latest]) return latest;
        }

        return null;
    }
}
