using LifecycleMetrics.Lifecycle.Models;
using LifecycleMetrics.Lifecycle.Visits;

namespace LifecycleMetrics.Lifecycle.Tests.Visits;

/// <summary>How models share statements. What the statements do is shown by the worked histories.</summary>
public sealed class JourneySqlTests
{
    [Fact]
    public void For_ModelsThatAskTheSame_AsksItOnce()
    {
        var statement = Assert.Single(JourneySql.For([Model("one", "Signed Up", "Order Completed"), Model("two", "Order Completed", "Signed Up")]));

        Assert.Equal(["one 1", "two 1"], statement.ModelVersions);
        Assert.Equal(2, statement.Parameters.Count(parameter => parameter.Name.StartsWith("test_", StringComparison.Ordinal)));
        Assert.Equal([1, 2], Tests(statement, "stage_tests_0"));
        Assert.Equal([2, 1], Tests(statement, "stage_tests_1"));
    }

    [Fact]
    public void For_ModelsThatAskMoreThanAStatementCan_AreSeveral()
    {
        var models = Enumerable.Range(0, 3)
            .Select(model => Model($"m{model}", [.. Enumerable.Range(0, 30).Select(stage => $"Event {model} {stage}")])).ToArray();

        Assert.Equal([["m0 1", "m1 1"], ["m2 1"]], JourneySql.For(models).Select(statement => statement.ModelVersions));
    }

    private static ulong[] Tests(JourneySql statement, string name) =>
        (ulong[])statement.Parameters.Single(parameter => parameter.Name == name).Value;

    private static LifecycleModel Model(string id, params string[] events) => new(
        id,
        1,
        LifecycleModel.OfContacts,
        new LocalizedLabel(id, id, id, id),
        [
            .. events.Select((name, i) => new LifecycleStage(
                $"s{i}", i + 1, "convert", new LocalizedLabel(name, name, name, name), [new EntryRule([name], [], 1, null)], TimeSpan.FromDays(30), TimeSpan.FromDays(30), false, [])),
        ],
        "");
}
