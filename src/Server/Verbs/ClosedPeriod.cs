using LifecycleMetrics.Storage;
using LifecycleMetrics.Storage.Ledger;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Server.Verbs;

/// <summary>Reads the period whose numbers a verb publishes.</summary>
internal static class ClosedPeriod
{
    /// <summary>How to write one.</summary>
    public const string Help = "2026-10 (month), 2026-Q3, 2026, 2026-10-31 (day) or week-of-2026-10-26.";

    /// <summary>The period.</summary>
    /// <exception cref="UsageException">It is none, or not over at T.</exception>
    public static PublishedPeriod Parse(string text, IServiceProvider services)
    {
        var settings = services.GetRequiredService<IOptions<ReportSettings>>().Value;
        if (!PublishedPeriod.TryParse(text, settings.WeekStart, out var period))
            throw new UsageException($"'{text}' is no period. Write a month as 2026-10, a quarter as 2026-Q3, a year as 2026, a day as 2026-10-31, a week as week-of-2026-10-26.");

        var zone = TimeZoneInfo.FindSystemTimeZoneById(settings.TimeZone);
        var now = settings.AsOf ?? services.GetRequiredService<TimeProvider>().GetUtcNow();
        if (DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime) < period.End)
            throw new UsageException($"The {period.Grain} that begins on {period.Start:yyyy-MM-dd} is not over; only the numbers of a closed period can be published.");
        return period;
    }
}
