using LifecycleMetrics.Ingest.Rates;

namespace LifecycleMetrics.Ingest.Tests.Rates;

public sealed class FxRateFileTests
{
    [Fact]
    public void Read_GoodLines_GivesRatesInTheReportingCurrency()
    {
        var file = Read("date,currency,rate\n2026-01-30,eur,1.0832\n\n2026-01-30,IDR,5.7e-5\n");

        Assert.Empty(file.Faults);
        Assert.Equal(
            [new FxRate(new(2026, 1, 30), "EUR", "USD", 1.0832m), new FxRate(new(2026, 1, 30), "IDR", "USD", 0.000057m)],
            file.Rates);
    }

    [Fact]
    public void Read_WithQuoteCurrency_TakesIt()
    {
        var file = Read("rate,quote_currency,currency,date\n0.85,GBP,EUR,2026-01-30");

        Assert.Equal(new FxRate(new(2026, 1, 30), "EUR", "GBP", 0.85m), Assert.Single(file.Rates));
    }

    [Theory]
    [InlineData("30.01.2026,EUR,1.08", "is no day")]
    [InlineData("2026-01-30,EURO,1.08", "'EURO' is no currency")]
    [InlineData("2026-01-30,USD,1", "needs no rate")]
    [InlineData("2026-01-30,EUR,0", "is no rate above 0")]
    [InlineData("2026-01-30,EUR,-1", "is no rate above 0")]
    [InlineData("2026-01-30,EUR,0.0000000000001", "is no rate above 0")]
    [InlineData("2026-01-30,EUR", "it has 2 columns")]
    [InlineData("2026-01-30,EUR,\"1.08", "a quote is not closed")]
    public void Read_WrongLine_NamesItAndReadsTheOthers(string line, string fault)
    {
        var file = Read($"date,currency,rate\n{line}\n2026-01-31,EUR,1.08");

        Assert.Contains(fault, Assert.Single(file.Faults), StringComparison.Ordinal);
        Assert.StartsWith("line 2:", file.Faults[0], StringComparison.Ordinal);
        Assert.Single(file.Rates);
    }

    [Theory]
    [InlineData("date,currency\n2026-01-30,EUR", "'rate' is missing")]
    [InlineData("date,currency,rate,quote\n2026-01-30,EUR,1.08,GBP", "'quote' is not known")]
    public void Read_WrongHeader_ReadsNothing(string text, string fault)
    {
        var file = Read(text);

        Assert.Contains(fault, Assert.Single(file.Faults), StringComparison.Ordinal);
        Assert.Empty(file.Rates);
    }

    private static FxRateFile Read(string text) => FxRateFile.Read(new StringReader(text), "USD");
}
