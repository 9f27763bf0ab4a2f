using LifecycleMetrics.Sql.Tests.Examples;

namespace LifecycleMetrics.Sql.Tests.RealData;

/// <summary>
/// Repeat purchases of real customers, who buy twice a day and mostly once in a life. The distribution of the sample's
/// repeat days is the published one of the BG/NBD model's example; the steps of the ladder were counted outside the product.
/// </summary>
public sealed class CdnowTests(ExampleDatabaseFixture fixture) : IClassFixture<ExampleDatabaseFixture>
{
    [Fact]
    public async Task RepeatLadder_OfAllCustomers_IsAsCounted()
    {
        await fixture.Database.BeginAsync(new DateTime(1998, 6, 30, 23, 59, 59, DateTimeKind.Utc), "UTC", DayOfWeek.Monday);
        await fixture.Database.AddAsync(CdnowFile.Orders("cdnow_master.txt.gz"));

        var ladder = await fixture.Database.QueryAsync<string>(
            $"select toDecimalString(round(assumeNotNull(value), 3), 3) {Ladder} and step <= 6 order by step");
        var customers = await fixture.Database.QueryAsync<long>(
            $"select denominator + maturing_n {Ladder} and step <= 2 order by step");

        Assert.Equal(["0.375", "0.566", "0.682", "0.760", "0.815", "0.868"], ladder);
        Assert.Equal(23_570, customers[0]);
        Assert.Equal(0.51, 1 - ((double)customers[1] / customers[0]), 2);
    }

    [Fact]
    public async Task RepeatDays_OfTheSampleInTheFirst39Weeks_AreThePublishedOnes()
    {
        await fixture.Database.BeginAsync(new DateTime(1997, 9, 30, 23, 59, 59, DateTimeKind.Utc), "UTC", DayOfWeek.Monday);
        await fixture.Database.AddAsync(CdnowFile.Orders("cdnow_sample.txt"));

        // Customers with at least 1, 2 … 8 days of purchase; who has one has no repeat.
        var reached = await fixture.Database.QueryAsync<long>(
            $"select denominator + maturing_n {Ladder} and step <= 8 order by step");

        var repeats = reached.Zip(reached.Skip(1), (some, more) => some - more).Append(reached[^1]);
        Assert.Equal([1411, 439, 214, 100, 62, 38, 29, 64], repeats);
    }

    private const string Ladder = """
        from kpi_repeat_ladder
        where metric = 'repeat_ladder_to_date' and variant = 'by_day' and grain = 'year' and dimension = 'all'
            and period_start = (select max(period_start) from kpi_repeat_ladder where grain = 'year')
        """;
}
