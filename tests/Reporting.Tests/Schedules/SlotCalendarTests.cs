using Cronos;
using LifecycleMetrics.Reporting.Email.Definitions;
using LifecycleMetrics.Reporting.Schedules;

namespace LifecycleMetrics.Reporting.Tests.Schedules;

public sealed class SlotCalendarTests
{
    private static readonly ReportSchedule Mondays =
        new(CronExpression.Parse("0 7 * * 1"), TimeZoneInfo.FindSystemTimeZoneById("Europe/Madrid"));

    [Theory]
    [InlineData("2026-10-19T04:00:00Z", "2026-10-19T05:00:00Z")] // summer time
    [InlineData("2026-10-26T04:00:00Z", "2026-10-26T06:00:00Z")] // winter time: seven there all the same
    [InlineData("2026-10-26T06:00:00Z", "2026-11-02T06:00:00Z")] // a slot comes after itself no more
    public void Next_IsInTheZoneOfTheSchedule(string after, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected), SlotCalendar.Next(Mondays, DateTimeOffset.Parse(after)));

    [Fact]
    public void Between_HoldsTheEndAndNotTheStart() => Assert.Equal(
        [DateTimeOffset.Parse("2026-11-02T06:00:00Z"), DateTimeOffset.Parse("2026-11-09T06:00:00Z")],
        SlotCalendar.Between(Mondays, DateTimeOffset.Parse("2026-10-26T06:00:00Z"), DateTimeOffset.Parse("2026-11-09T06:00:00Z")));

    [Theory]
    [InlineData("0 7 * * 1", "2026-11-08T00:00:00Z", "2026-11-02T06:00:00Z")]
    [InlineData("0 7 1 1 *", "2026-11-08T00:00:00Z", "2026-01-01T06:00:00Z")]
    public void Latest_LooksBackAsFarAsNeeded(string cron, string until, string expected) => Assert.Equal(
        DateTimeOffset.Parse(expected), SlotCalendar.Latest(Mondays with { Cron = CronExpression.Parse(cron) }, DateTimeOffset.Parse(until)));
}
