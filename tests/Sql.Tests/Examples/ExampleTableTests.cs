namespace LifecycleMetrics.Sql.Tests.Examples;

/// <summary>A worked example must fail when the rows differ, however little.</summary>
public sealed class ExampleTableTests
{
    private static readonly ExampleTable Expected = ExampleTable.Parse(
        """
        period_start | numerator | value    # a comment
        2025-01-01   | 1         | 0.3333
        2025-02-01   | 0         | null
        """);

    [Fact]
    public void Table_OfSameRows_Matches() =>
        Assert.True(Expected.Matches(Rows(["2025-01-01", "1", "0.3333333333333333"], ["2025-02-01", "0", "null"])));

    [Theory]
    [InlineData("2025-01-01", "2", "0.3333333333333333")]
    [InlineData("2025-01-01", "1", "0.3334000000000000")]
    [InlineData("2025-01-01", "1", "null")]
    [InlineData("2025-01-02", "1", "0.3333333333333333")]
    public void Table_WithAnotherCell_DoesNotMatch(string period, string numerator, string value) =>
        Assert.False(Expected.Matches(Rows([period, numerator, value], ["2025-02-01", "0", "null"])));

    [Fact]
    public void Table_WithZeroForNull_DoesNotMatch() =>
        Assert.False(Expected.Matches(Rows(["2025-01-01", "1", "0.3333"], ["2025-02-01", "0", "0"])));

    [Fact]
    public void Table_WithMoreOrFewerRows_DoesNotMatch()
    {
        string[] first = ["2025-01-01", "1", "0.3333"];
        string[] second = ["2025-02-01", "0", "null"];

        Assert.False(Expected.Matches(Rows(first)));
        Assert.False(Expected.Matches(Rows(first, second, second)));
    }

    [Fact]
    public void Parse_LineWithAnotherNumberOfCells_Throws() =>
        Assert.Throws<FormatException>(() => ExampleTable.Parse("a | b\n1"));

    private static ExampleTable Rows(params string[][] rows) => new(Expected.Columns, rows);
}
