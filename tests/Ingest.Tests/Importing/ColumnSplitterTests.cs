using LifecycleMetrics.Ingest.Importing;

namespace LifecycleMetrics.Ingest.Tests.Importing;

public sealed class ColumnSplitterTests
{
    [Theory]
    [InlineData("a,b,c", new[] { "a", "b", "c" })]
    [InlineData("a,,", new[] { "a", "", "" })]
    [InlineData("", new[] { "" })]
    [InlineData("\"a,b\",c", new[] { "a,b", "c" })]
    [InlineData("\"say \"\"hi\"\"\",c", new[] { "say \"hi\"", "c" })]
    [InlineData("a,\"\"", new[] { "a", "" })]
    [InlineData("5\" disc,c", new[] { "5\" disc", "c" })]
    public void Accepts_Delimited(string record, string[] expected)
    {
        var columns = new List<string>();
        Assert.Equal(SplitOutcome.Complete, ColumnSplitter.Split(record, ',', columns));
        Assert.Equal(expected, columns);
    }

    [Theory]
    [InlineData("\"a,b", SplitOutcome.QuoteOpen)]
    [InlineData("\"a\"b,c", SplitOutcome.TextAfterQuote)]
    internal void Rejects_BadQuotes(string record, SplitOutcome expected) =>
        Assert.Equal(expected, ColumnSplitter.Split(record, ',', []));

    [Fact]
    public void Accepts_RunsOfBlanks()
    {
        var columns = new List<string>();
        ColumnSplitter.Split(" 00004 0001\t19970101  2   29.33", delimiter: null, columns);
        Assert.Equal(["00004", "0001", "19970101", "2", "29.33"], columns);
    }
}
