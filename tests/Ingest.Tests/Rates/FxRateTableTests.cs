using LifecycleMetrics.Ingest.Rates;
using LifecycleMetrics.Ingest.Tests.Support;
using LifecycleMetrics.Testing;

namespace LifecycleMetrics.Ingest.Tests.Rates;

[Collection(EngineTests.Name)]
public sealed class FxRateTableTests(EngineFixture engine)
{
    [Fact]
    public async Task Insert_SameDayAgain_ReplacesTheRate()
    {
        await using var database = await engine.CreateDatabaseAsync(views: false);
        var table = new FxRateTable(database.Writer);
        foreach (var rate in (decimal[])[1.5m, 1.0832m])
            await table.InsertAsync([new FxRate(new(2026, 1, 30), "EUR", "USD", rate)], "bank\tof\\n", TestContext.Current.CancellationToken);

        Assert.Equal(1, await database.Writer.CountAsync(
            @"select count() from fx_rate final where rate_date = '2026-01-30' and currency = 'EUR' and quote_currency = 'USD' and rate = 1.0832 and source = 'bank\tof\\n'"));
    }
}
