namespace LifecycleMetrics.Sql.Tests.Examples;

public sealed class ExampleEventTests
{
    [Fact]
    public void Parse_WholeLine_ReadsEveryPart()
    {
        var order = Assert.Single(ExampleEvent.ParseAll("2025-01-03 23:59:59.999 ana Order Completed 30.05 EUR order=o1 channel=email # counted"));

        Assert.Equal(new DateTime(2025, 1, 3, 23, 59, 59, 999, DateTimeKind.Utc), order.OccurredAt);
        Assert.Equal(("ana", "Order Completed", 30.05m, "EUR"), (order.Subject, order.Event, order.Amount, order.Currency));
        Assert.Equal(("o1", "email"), (order.Keys["order"], order.Keys["channel"]));
    }

    [Fact]
    public void Parse_ShortLine_IsAtNoonWithoutAmount()
    {
        var view = Assert.Single(ExampleEvent.ParseAll("\n2025-01-03 ~tablet Page Viewed\n# nothing\n"));

        Assert.Equal(new DateTime(2025, 1, 3, 12, 0, 0, DateTimeKind.Utc), view.OccurredAt);
        Assert.Equal(("~tablet", "Page Viewed"), (view.Subject, view.Event));
        Assert.Null(view.Amount);
    }

    [Theory]
    [InlineData("2025-01-03 Page Viewed")]
    [InlineData("3 January ana Page Viewed")]
    [InlineData("2025-01-03 ana Page Viewed channel")]
    public void Parse_LineThatIsNoEvent_Throws(string line) =>
        Assert.Throws<FormatException>(() => ExampleEvent.ParseAll(line));
}
