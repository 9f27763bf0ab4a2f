using LifecycleMetrics.Dashboards.Tests.Support;
using LifecycleMetrics.Reporting.Dashboards.Queries;
using Microsoft.Extensions.DependencyInjection;

namespace LifecycleMetrics.Dashboards.Tests;

/// <summary>Every query of every dashboard, on the real engine, as the read-only user.</summary>
[Collection(SharedViewer.Name)]
public sealed class DashboardQueriesTests(ViewerHost host)
{
    public static IEnumerable<TheoryDataRow<string>> Uids => ShippedDashboards.Uids;

    public static IEnumerable<TheoryDataRow<string, int, string>> Queries => ShippedDashboards.Queries;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task Query_OfAPanel_AnswersWithTheColumnsThatThePanelNeeds(string uid, int panelId, string refId)
    {
        var result = await RunAsync(uid, panelId, refId, []);

        var panel = host.Catalog.Find(uid)!.FindPanel(panelId)!;
        Assert.NotEmpty(result.Rows);
        Assert.False(result.IsTruncated);
        Assert.Contains(result.Columns, column => column.Type == ColumnType.Number);
        Assert.Contains(Enumerable.Range(0, result.Columns.Count).Where(i => result.Columns[i].Type == ColumnType.Number),
            i => result.Rows.Any(row => row[i] is not null));
        if (panel.Targets.Single(target => target.RefId == refId).IsTimeSeries)
        {
            Assert.Equal(new ResultColumn("time", ColumnType.Time), result.Columns[0]);
            var times = result.Rows.Select(row => (long)row[0]!).ToList();
            Assert.Equal(times.Order(), times);
        }

        if (panel.Type is "barchart")
            Assert.Equal(ColumnType.String, result.Columns[0].Type);
    }

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task Query_OfAPanel_RunsForEveryGrainAndSlice(string uid, int panelId, string refId)
    {
        var (dimension, slice) = uid == "data-quality" ? ("source", "web") : ("channel", "email");
        await RunAsync(uid, panelId, refId, new() { ["grain"] = ["quarter"], ["dimension"] = [dimension], ["slice"] = [slice] });
        await RunAsync(uid, panelId, refId, new() { ["grain"] = ["week"], ["language"] = ["pt"] });
    }

    [Theory]
    [MemberData(nameof(Uids))]
    public async Task Variables_ByDefault_HaveChoicesAndAChoice(string uid)
    {
        var choices = await host.Services.GetRequiredService<VariableResolver>().ResolveAsync(
            host.Catalog.Find(uid)!, new Dictionary<string, IReadOnlyList<string>>(), Window, replaceUnknown: false, Stop);

        Assert.All(choices, choice =>
        {
            Assert.NotEmpty(choice.Options);
            Assert.Single(choice.Selected);
        });
        Assert.Equal("sterne-cutler", choices.Single(choice => choice.Definition.Name == "model").Selected[0]);
    }

    [Fact]
    public async Task Revenue_OfTheOverview_IsThatOfTheOrders()
    {
        var result = await RunAsync("executive-overview", 2, "A", []);

        var orders = result.Rows.Sum(row => Convert.ToDouble(row[1], null));
        Assert.Equal(await CountAsync(
            "select count() from dim_order where ordered_at >= '2026-04-01' and ordered_at < '2026-10-01'"), orders);
    }

    [Theory]
    [InlineData("XOF", 1)]
    [InlineData("LYD", 1000)]
    [InlineData("CLF", 10000)]
    [InlineData("USD", 100)]
    public async Task MinorUnits_OfACurrency_AreThereForTheReader(string currency, double factor) =>
        Assert.Equal(factor, await CountAsync($"select lm_minor_units('{currency}')"));

    private static TimeWindow Window => TimeWindow.Create(
        ShopData.From.ToUnixTimeMilliseconds(), ShopData.AsOf.ToUnixTimeMilliseconds(), 800, TimeSpan.FromDays(4000));

    private Task<QueryResult> RunAsync(
        string uid, int panelId, string refId, Dictionary<string, IReadOnlyList<string>> variables) =>
        host.Services.GetRequiredService<PanelQuery>().RunAsync(
            host.Catalog.Find(uid)!,
            new PanelQueryRequest(
                panelId, refId, ShopData.From.ToUnixTimeMilliseconds(), ShopData.AsOf.ToUnixTimeMilliseconds(), 800, variables),
            Stop);

    private async Task<double> CountAsync(string sql)
    {
        var result = await host.Services.GetRequiredService<QueryRunner>().RunAsync(new ExpandedQuery(sql, []), Stop);
        return Convert.ToDouble(result.Rows[0][0], null);
    }
}
