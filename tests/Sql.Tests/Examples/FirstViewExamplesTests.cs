namespace LifecycleMetrics.Sql.Tests.Examples;

/// <summary>The first half of the worked examples.</summary>
public sealed class FirstViewExamplesTests(ExampleDatabaseFixture fixture) : ViewExamplesTests(fixture)
{
    public static TheoryData<string, string> Cases => FirstHalf;

    [Theory]
    [MemberData(nameof(Cases))]
    public Task View_OfExample_ShowsExpectedRows(string view, string name) => ShowsExpectedRowsAsync(view, name);
}
