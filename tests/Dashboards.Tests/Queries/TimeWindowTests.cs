using LifecycleMetrics.Reporting.Dashboards.Queries;

namespace LifecycleMetrics.Dashboards.Tests.Queries;

public sealed class TimeWindowTests
{
    private const long Day = 86_400_000;

    [Theory]
    [InlineData(Day, 100, 900)]
    [InlineData(365 * Day, 800, 43_200)]
    [InlineData(10_000, 5000, 1)]
    public void Create_Interval_IsTheNextRoundOneThatFits(long length, int points, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), TimeWindow.Create(0, length, points, TimeSpan.FromDays(400)).Interval);

    [Theory]
    [InlineData(5, 5)]
    [InlineData(-1, 5)]
    [InlineData(0, 500 * Day)]
    [InlineData(0, long.MaxValue)]
    public void Create_RangeThatIsNone_IsRefused(long from, long to) =>
        Assert.Throws<DashboardQueryException>(() => TimeWindow.Create(from, to, 100, TimeSpan.FromDays(400)));
}
