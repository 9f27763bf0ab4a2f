using LifecycleMetrics.Sql.Tests.Examples;

namespace LifecycleMetrics.Sql.Tests.Lint;

/// <summary>Every view that users read is explained by worked examples, and these show the usual traps.</summary>
public sealed class ExampleFileTests
{
    // These don't depend on events; PublishedRelationTests compare them with what they list.
    private static readonly string[] Lists = ["dim_stage", "dim_metric"];

    public static TheoryData<string> Published =>
        [.. SqlSource.Views.Values.Where(view => view.File.Layer == "4_kpis").Select(view => view.Name).Except(Lists)];

    [Theory]
    [MemberData(nameof(Published))]
    public void View_HasExamples_OfEveryTrap(string view)
    {
        var file = Assert.Single(ExampleFile.All, file => file.View == view);
        var covered = file.Cases.SelectMany(example => example.Covers).ToHashSet();

        Assert.Empty(ExampleTraps.Of(view).Except(covered));
        Assert.Empty(covered.Except(ExampleTraps.All));
    }

    [Fact]
    public void Examples_EachCase_GivesNameAndReason()
    {
        var cases = ExampleFile.All.SelectMany(file => file.Cases).ToArray();

        Assert.All(cases, example => Assert.NotEqual("", example.Name));
        Assert.All(cases, example => Assert.NotEqual("", example.Reason));
        Assert.All(cases, example => Assert.NotEqual(default, example.AsOf));
    }
}
