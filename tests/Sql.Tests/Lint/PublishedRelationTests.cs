using LifecycleMetrics.Sql.Tests.Invariants;
using LifecycleMetrics.Storage.Schema;

namespace LifecycleMetrics.Sql.Tests.Lint;

/// <summary>What users are shown of the database: keys, columns, metrics, and the glossary.</summary>
public sealed class PublishedRelationTests(GeneratedHistoryFixture history) : IClassFixture<GeneratedHistoryFixture>
{
    // The grain every KPI row carries, with its types.
    private static readonly Dictionary<string, string> KpiColumns = new()
    {
        ["metric"] = "String",
        ["metric_version"] = "Int32",
        ["model_id"] = "String",
        ["model_version"] = "Int32",
        ["period_start"] = "Date",
        ["grain"] = "String",
        ["dimension"] = "String",
        ["dimension_value"] = "String",
        ["numerator"] = "Int64",
        ["denominator"] = "Nullable(Int64)",
        ["value"] = "Nullable(Float64)",
        ["n"] = "Int64",
        ["ci_low"] = "Nullable(Float64)",
        ["ci_high"] = "Nullable(Float64)",
        ["is_mature"] = "Bool",
    };

    public static TheoryData<string> Published =>
        [.. SqlSource.Views.Values.Where(view => view.IsPublished).Select(view => view.Name).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Kpis =>
        [.. SqlSource.Views.Keys.Where(view => view.StartsWith("kpi_", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Published))]
    public async Task Relation_Key_TellsItsRowsApart(string view)
    {
        var key = string.Join(", ", SqlSource.Views[view].Key);
        var rows = await history.Database.QueryAsync<string>(
            $"select concat(toString(count()), ' rows, ', toString(uniqExact({key})), ' keys') from {view} having count() = 0 or count() != uniqExact({key})");

        Assert.Empty(rows);
    }

    [Theory]
    [MemberData(nameof(Kpis))]
    public async Task Kpi_Columns_HaveTheCommonGrain(string view)
    {
        var columns = (await history.Database.QueryAsync<string>(
            "select concat(name, ' ', type) from system.columns where database = currentDatabase() and table = {view:String}",
            new { view },
            asWriter: true)).ToHashSet();

        Assert.Empty(KpiColumns.Select(column => $"{column.Key} {column.Value}").Except(columns));
    }

    [Fact]
    public async Task Columns_OfPublishedRelations_AreAllDescribedAndNothingElseIs()
    {
        var columns = await history.Database.QueryAsync<string>(
            "select concat(table, '.', name) from system.columns where database = currentDatabase() and table in ({tables:Array(String)})",
            new { tables = SqlSource.Views.Values.Where(view => view.IsPublished).Select(view => view.Name).ToArray() },
            asWriter: true);
        var described = ColumnDescriptions.Parse(SqlFiles.ColumnDescriptions());

        Assert.All(columns.Select(column => column.Split('.')), column => Assert.NotEqual("", described.Comment(column[0], column[1])));
        Assert.Empty(described.Names.Except(columns).Except(columns.Select(column => column.Split('.')[1])));
    }

    [Fact]
    public async Task Metrics_OfAllViews_AreThoseListed()
    {
        var shown = new List<string>();
        foreach (var view in Kpis.Select(row => row.Data))
        {
            shown.AddRange(await history.Database.QueryAsync<string>(
                $"select distinct toString(tuple(metric, metric_version, '{view}')) from {view}"));
        }

        var listed = await history.Database.QueryAsync<string>(
            "select toString(tuple(metric, metric_version, view_name)) from dim_metric");

        Assert.Equal(listed.Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Glossary_ExplainsEveryMetricAndPhase()
    {
        using var reader = new StreamReader(typeof(PublishedRelationTests).Assembly.GetManifestResourceStream("glossary.md")!);
        var glossary = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        var metrics = await history.Database.QueryAsync<string>("select concat(metric, ' ', view_name) from dim_metric");
        var phases = await history.Database.QueryAsync<string>("select distinct phase from dim_stage");
        var stages = await history.Database.QueryAsync<string>("select distinct stage_id from dim_stage");

        Assert.All(metrics.Select(metric => metric.Split(' ')), metric =>
            Assert.Matches($@"### {metric[0]}\n[^#]*\(\.\./sql/4_kpis/{metric[1]}\.sql\)", glossary));
        Assert.All(phases.Concat(stages), name => Assert.Contains($"\n| {name} |", glossary, StringComparison.Ordinal));
    }

    // Four cases that Newcombe (1998) publishes for the score method without continuity correction, and the upper edge.
    [Theory]
    [InlineData(81, 263, "0.2553 0.3662")]
    [InlineData(15, 148, "0.0624 0.1605")]
    [InlineData(0, 20, "0.0000 0.1611")]
    [InlineData(1, 29, "0.0061 0.1718")]
    [InlineData(29, 29, "0.8830 1.0000")]
    public async Task WilsonInterval_OfPublishedCases_IsAsPublished(int k, int n, string expected)
    {
        var bounds = await history.Database.QueryAsync<string>(
            """
            select concat(
                toDecimalString(round(assumeNotNull(lm_wilson_low({k:Int64}, {n:Int64})), 4), 4), ' ',
                toDecimalString(round(assumeNotNull(lm_wilson_high({k:Int64}, {n:Int64})), 4), 4)
            )
            """,
            new { k, n });

        Assert.Equal(expected, Assert.Single(bounds));
    }
}
