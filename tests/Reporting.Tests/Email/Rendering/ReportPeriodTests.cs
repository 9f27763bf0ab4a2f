using LifecycleMetrics.Reporting.Email.Definitions;
using LifecycleMetrics.Reporting.Email.Rendering;

namespace LifecycleMetrics.Reporting.Tests.Email.Rendering;

public sealed class ReportPeriodTests
{
    [Theory]
    [InlineData("2026-11-09T07:00:00Z", PeriodUnit.Week, "UTC", DayOfWeek.Monday, "2026-11-02", "2026-11-09", "2026-10-26")]
    [InlineData("2026-11-08T23:30:00Z", PeriodUnit.Week, "UTC", DayOfWeek.Monday, "2026-10-26", "2026-11-02", "2026-10-19")]
    [InlineData("2026-11-08T23:30:00Z", PeriodUnit.Week, "Europe/Madrid", DayOfWeek.Monday, "2026-11-02", "2026-11-09", "2026-10-26")] // Monday there already
    [InlineData("2026-11-09T07:00:00Z", PeriodUnit.Week, "UTC", DayOfWeek.Sunday, "2026-11-01", "2026-11-08", "2026-10-25")]
    [InlineData("2026-03-15T00:00:00Z", PeriodUnit.Month, "UTC", DayOfWeek.Monday, "2026-02-01", "2026-03-01", "2026-01-01")]
    [InlineData("2026-01-01T00:00:00Z", PeriodUnit.Quarter, "UTC", DayOfWeek.Monday, "2025-10-01", "2026-01-01", "2025-07-01")]
    [InlineData("2026-01-01T00:00:00Z", PeriodUnit.Day, "UTC", DayOfWeek.Monday, "2025-12-31", "2026-01-01", "2025-12-30")]
    public void Before_IsTheLastWholePeriod(string instant, PeriodUnit unit, string zone, DayOfWeek weekStart, string start, string end, string previous)
    {
        var period = ReportPeriod.Before(DateTimeOffset.Parse(instant), unit, TimeZoneInfo.FindSystemTimeZoneById(zone), weekStart, 2);
        Assert.Equal((DateOnly.Parse(start), DateOnly.Parse(end), DateOnly.Parse(previous)), (period.Start, period.End, period.PreviousStart));
        Assert.Equal(period.PreviousStart, period.HistoryStart);
    }

    [Fact]
    public void HistoryStart_LiesSoManyPeriodsBack()
    {
        var period = ReportPeriod.Before(new(2026, 11, 9, 7, 0, 0, TimeSpan.Zero), PeriodUnit.Week, TimeZoneInfo.Utc, DayOfWeek.Monday, 12);
        Assert.Equal(new DateOnly(2026, 8, 17), period.HistoryStart);
    }
}
