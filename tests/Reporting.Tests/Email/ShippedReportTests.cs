using LifecycleMetrics.Reporting.Email;
using LifecycleMetrics.Reporting.Email.Rendering;
using LifecycleMetrics.Reporting.Tests.Email.Rendering;
using LifecycleMetrics.Storage;
using LifecycleMetrics.Testing;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Reporting.Tests.Email;

/// <summary>The shipped report on the real schema, asked as the user who may only read published views.</summary>
public sealed class ShippedReportTests(EngineFixture engine)
{
    private static readonly DateTimeOffset Slot = new(2026, 11, 9, 7, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Prepare_OnASmallShop_GivesTheNumbersCountedByHand()
    {
        await using var database = await ShopAsync();
        var prepared = await Preparation(database).PrepareAsync(SomeReport.Shipped(), Slot, TestContext.Current.CancellationToken);
        var numbers = prepared.Data.Queries["numbers"];
        var revenue = Assert.Single(numbers.Rows, row => (string?)row[0] == "net_revenue");
        Assert.Equal("EUR", revenue[2]);
        Assert.Equal(5_000.0, revenue[5]); // 30 + 25 less the refund of 5
        Assert.Equal(2_000.0, revenue[6]); // the week before
        var orders = Assert.Single(numbers.Rows, row => (string?)row[0] == "orders");
        Assert.Equal((2.0, 1.0), (orders[5], orders[6]));
        var stages = prepared.Data.Queries["stages"];
        Assert.Equal("conversion", Assert.Single(stages.Rows, row => (string?)row[0] == "conversion")[0]);
        var text = prepared.Render("en", TestContext.Current.CancellationToken).Text;
        Assert.Contains("50 EUR   +150.0 %", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    public async Task Prepare_WithVersionsOfAModelSideBySide_ShowsTheLatestOnly(string model)
    {
        await using var database = await SomeShop.CreateAsync(engine, versions: 2);
        var report = SomeReport.Shipped();

        var prepared = await Preparation(database).PrepareAsync(
            report with { Definition = report.Definition with { Model = model } }, Slot, TestContext.Current.CancellationToken);

        var conversions = Assert.Single(prepared.Data.Queries["numbers"].Rows, row => (string?)row[0] == "conversions");
        Assert.Equal((1.0, 1.0), (conversions[5], conversions[6]));
        var step = Assert.Single(prepared.Data.Queries["leaks"].Rows);
        Assert.Equal(("reach", "conversion", 32L), (step[0], step[1], Convert.ToInt64(step[10], null)));
        Assert.Equal(["reach", "conversion"], prepared.Data.Queries["stages"].Rows.Select(row => row[0]).Where(stage => (string?)stage != "lapsed"));
    }

    [Theory]
    [InlineData("XOF", 1)]
    [InlineData("UYI", 1)]
    [InlineData("LYD", 1000)]
    [InlineData("CLF", 10000)]
    public async Task Prepare_AmountsOfCurrenciesWithoutCents_HaveTheirOwnMinorUnits(string currency, int factor)
    {
        await using var database = await SomeShop.CreateAsync(engine, currency: currency);

        var prepared = await Preparation(database).PrepareAsync(SomeReport.Shipped(), Slot, TestContext.Current.CancellationToken);

        var revenue = Assert.Single(prepared.Data.Queries["numbers"].Rows, row => (string?)row[0] == "net_revenue");
        Assert.Equal((currency, factor), (revenue[2], Convert.ToInt32(revenue[3], null)));
    }

    [Fact]
    public async Task Prepare_WithoutAnyData_SaysWhatIsMissing()
    {
        await using var database = await engine.CreateDatabaseAsync();
        var failure = await Assert.ThrowsAsync<ReportDataException>(() =>
            Preparation(database).PrepareAsync(SomeReport.Shipped(), Slot, TestContext.Current.CancellationToken));
        Assert.Contains("The query 'numbers' of the report 'executive-weekly' has no rows for 2026-11-02 to 2026-11-08", failure.Message, StringComparison.Ordinal);
    }

    private static ReportPreparation Preparation(TestDatabase database) => new(
        new ReportDataReader(database.Dashboards),
        new ReportRenderer(TimeProvider.System),
        Options.Create(new ReportSettings()),
        Options.Create(new EmailOptions { PublicUrl = SomeReport.PublicUrl }));

    private async Task<TestDatabase> ShopAsync() => await SomeShop.CreateAsync(engine);
}
