using LifecycleMetrics.Storage.Ledger;

namespace LifecycleMetrics.Storage.Tests.Ledger;

public sealed class PublishedPeriodTests
{
    [Theory]
    [InlineData("2026", "year", "2026-01-01", "2027-01-01")]
    [InlineData("2026-Q4", "quarter", "2026-10-01", "2027-01-01")]
    [InlineData("2026-02", "month", "2026-02-01", "2026-03-01")]
    [InlineData("2026-02-28", "day", "2026-02-28", "2026-03-01")]
    [InlineData("week-of-2026-11-01", "week", "2026-10-26", "2026-11-02")]
    public void Accepts_Periods(string text, string grain, string start, string end)
    {
        Assert.True(PublishedPeriod.TryParse(text, DayOfWeek.Monday, out var period));
        Assert.Equal((grain, start, end), (period.Grain, $"{period.Start:yyyy-MM-dd}", $"{period.End:yyyy-MM-dd}"));
    }

    [Fact]
    public void Week_BeginsOnTheConfiguredDay()
    {
        Assert.True(PublishedPeriod.TryParse("week-of-2026-11-01", DayOfWeek.Sunday, out var period));
        Assert.Equal(new DateOnly(2026, 11, 1), period.Start);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-13")]
    [InlineData("2026-Q5")]
    [InlineData("2026-02-30")]
    [InlineData("october")]
    public void Rejects_OtherTexts(string text) => Assert.False(PublishedPeriod.TryParse(text, DayOfWeek.Monday, out _));
}
