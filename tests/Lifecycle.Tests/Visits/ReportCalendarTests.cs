using LifecycleMetrics.Lifecycle.Tests.Support;
using LifecycleMetrics.Lifecycle.Visits;
using LifecycleMetrics.Storage;
using LifecycleMetrics.Testing;
using static LifecycleMetrics.Lifecycle.Tests.Support.Some;

namespace LifecycleMetrics.Lifecycle.Tests.Visits;

/// <summary>The days that the reports have.</summary>
public sealed class ReportCalendarTests(EngineFixture engine)
{
    [Fact]
    public async Task Calendar_GoesFromTheFirstThingToCountToT_AlsoWhenNothingIsWorkedOut()
    {
        await using var database = await LifecycleDatabase.CreateAsync(engine, Day(40));
        await database.AddAsync(Page(10, "ann"));
        await database.RefreshAsync();
        Assert.Equal([(Day(10), Day(40), 31ul)], await DaysAsync(database));

        // T moves on, and nothing is due.
        await database.SetReportsAsync(new ReportSettings { AsOf = new DateTimeOffset(Day(42)) });
        Assert.Equal(RefreshKind.None, (await database.RefreshAsync()).Kind);
        Assert.Equal([(Day(10), Day(42), 33ul)], await DaysAsync(database));

        // Somebody who was there before all others is heard of late.
        await database.AddAsync(Page(4, "ben"));
        await database.RefreshAsync();
        Assert.Equal([(Day(4), Day(42), 39ul)], await DaysAsync(database));

        // A cost before that.
        await database.ReadAsync(
            $"insert into campaign_cost (cost_date, source, channel, campaign, cost_minor, currency, received_at) values ('{Day(1):yyyy-MM-dd}', 'ads', 'c', 'x', 1, 'EUR', now64(3))",
            row => row[0]);
        Assert.Equal(RefreshKind.None, (await database.RefreshAsync()).Kind);
        Assert.Equal([(Day(1), Day(42), 42ul)], await DaysAsync(database));
        Assert.Equal(
            ["day 42", "week 7", "month 2"],
            await database.ReadAsync(
                "select concat(grain, ' ', toString(length(periods))) from report_grain where period_count = length(periods) and grain not in ('quarter', 'year') order by period_count desc",
                row => (string)row[0]));
    }

    [Fact]
    public async Task Weeks_BeginOnTheDayOfTheSettings_AsSoonAsItIsAnother()
    {
        await using var database = await LifecycleDatabase.CreateAsync(engine, Day(40));
        await database.AddAsync(Page(10, "ann"));
        await database.RefreshAsync();
        await database.SetReportsAsync(new ReportSettings { AsOf = new DateTimeOffset(Day(40)), WeekStart = DayOfWeek.Sunday });
        await database.RefreshAsync();

        Assert.Equal(["7"], await database.ReadAsync("select distinct toString(toDayOfWeek(period_start)) from report_calendar where grain = 'week'", row => (string)row[0]));
    }

    private static Task<IReadOnlyList<(DateTime First, DateTime Last, ulong Count)>> DaysAsync(LifecycleDatabase database) => database.ReadAsync(
        "select min(calendar_date), max(calendar_date), count() from report_calendar where grain = 'day'",
        row => (((DateOnly)row[0]).ToDateTime(TimeOnly.MinValue), ((DateOnly)row[1]).ToDateTime(TimeOnly.MinValue), (ulong)row[2]));
}
