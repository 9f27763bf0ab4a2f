namespace LifecycleMetrics.Sql.Tests.Examples;

/// <summary>The second half of the worked examples.</summary>
public sealed class SecondViewExamplesTests(ExampleDatabaseFixture fixture) : ViewExamplesTests(fixture)
{
    public static TheoryData<string, string> Cases => SecondHalf;

    [Theory]
    [MemberData(nameof(Cases))]
    public Task View_OfExample_ShowsExpectedRows(string view, string name) => ShowsExpectedRowsAsync(view, name);
}
