using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LifecycleMetrics.Dashboards.Tests.Support;
using LifecycleMetrics.Reporting.Dashboards.Definitions;

namespace LifecycleMetrics.Dashboards.Tests;

/// <summary>Rules for every file in dashboards/.</summary>
public sealed partial class DashboardFilesTests
{
    private static readonly string[] Variables = ["datasource", "model", "language", "dimension", "slice"];

    public static IEnumerable<TheoryDataRow<string>> Uids => ShippedDashboards.Uids;

    [Fact]
    public void Folder_OfTheProgram_HoldsTheDashboards() =>
        Assert.Equal(["conversion-funnel", "data-quality", "executive-overview"],
            ShippedDashboards.Files.Select(Path.GetFileNameWithoutExtension));

    [Theory]
    [MemberData(nameof(Uids))]
    public void Dashboard_HasTheCommonSettings(string uid)
    {
        var json = ShippedDashboards.Json(uid);
        Assert.Equal(42, json["schemaVersion"]!.GetValue<int>());
        Assert.Equal("utc", json["timezone"]!.GetValue<string>());
        Assert.Equal("", json["refresh"]!.GetValue<string>());
        Assert.Contains("lifecycle-metrics", json["tags"]!.AsArray().Select(tag => tag!.GetValue<string>()));
        Assert.EndsWith("?", json["description"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.All(Variables, name =>
            Assert.Contains(ShippedDashboards.Read(uid).Variables, variable => variable.Name == name));
        var link = Assert.Single(json["links"]!.AsArray())!;
        Assert.True(link["keepTime"]!.GetValue<bool>() && link["includeVars"]!.GetValue<bool>());
    }

    [Theory]
    [MemberData(nameof(Uids))]
    public void Datasource_IsAlwaysTheVariable(string uid)
    {
        var sources = Descendants(ShippedDashboards.Json(uid)).Where(node => node.Key == "datasource")
            .Select(node => node.Value).OfType<JsonObject>().ToList();
        Assert.NotEmpty(sources);
        Assert.All(sources, source =>
        {
            Assert.Equal("grafana-clickhouse-datasource", source["type"]!.GetValue<string>());
            Assert.Equal("${datasource}", source["uid"]!.GetValue<string>());
        });
    }

    [Theory]
    [MemberData(nameof(Uids))]
    public void Panel_SaysWhatItShows(string uid) =>
        Assert.All(ShippedDashboards.Panels(uid).Where(panel => panel["targets"] is not null), panel =>
        {
            Assert.NotEmpty(panel["title"]!.GetValue<string>());
            Assert.Matches("(kpi|dim)_[a-z_]+", panel["description"]!.GetValue<string>());
            var defaults = panel["fieldConfig"]!["defaults"]!;
            Assert.NotEmpty(defaults["unit"]!.GetValue<string>());
            Assert.NotEmpty(defaults["noValue"]!.GetValue<string>());
        });

    [Theory]
    [MemberData(nameof(Uids))]
    public void Panel_LiesInsideTheGridAndOverNoOther(string uid)
    {
        var taken = new HashSet<(int, int)>();
        Assert.All(ShippedDashboards.Panels(uid), panel =>
        {
            var at = panel["gridPos"]!;
            var (x, y, w, h) = (at["x"]!.GetValue<int>(), at["y"]!.GetValue<int>(), at["w"]!.GetValue<int>(), at["h"]!.GetValue<int>());
            Assert.InRange(x + w, 1, 24);
            for (var column = x; column < x + w; column++)
                for (var row = y; row < y + h; row++)
                    Assert.True(taken.Add((column, row)), $"'{panel["title"]}' lies over another panel.");
        });
    }

    [Theory]
    [MemberData(nameof(Uids))]
    public void Panel_IsKnownToTheViewerInEveryOption(string uid) =>
        Assert.All(ShippedDashboards.Read(uid).Panels, panel => Assert.Empty(panel.Problems));

    [Theory]
    [MemberData(nameof(Uids))]
    public void Query_ReadsPublishedViewsOnly(string uid) => Assert.All(AllSql(uid), sql =>
    {
        var relations = Relation().Matches(sql).Select(match => match.Groups["relation"].Value).ToList();
        Assert.NotEmpty(relations);
        Assert.All(relations, relation => Assert.Matches("^(kpi|dim)_[a-z_]+$", relation));
    });

    [Theory]
    [MemberData(nameof(Uids))]
    public void Query_QuotesItsVariables(string uid) => Assert.All(AllSql(uid), sql =>
        Assert.All(Variable().Matches(sql), match => Assert.EndsWith(":singlequote}", match.Value, StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(Uids))]
    public void Query_OfASeriesIsOrderedByTime(string uid) => Assert.All(
        ShippedDashboards.Read(uid).Panels.SelectMany(panel => panel.Targets).Where(target => target.IsTimeSeries),
        target => Assert.Matches(@"order by time\b", target.RawSql));

    [Theory]
    [MemberData(nameof(Uids))]
    public void Query_OfAmounts_AsksTheOneFunctionForTheirMinorUnits(string uid) => Assert.All(
        AllSql(uid).Where(sql => Amount().IsMatch(sql)),
        sql => Assert.Contains("lm_minor_units(currency)", sql, StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Uids))]
    public void Query_NamesNoCurrency(string uid) => Assert.All(AllSql(uid), sql => Assert.DoesNotMatch("'[A-Z]{3}'", sql));

    private static IEnumerable<string> AllSql(string uid)
    {
        var dashboard = ShippedDashboards.Read(uid);
        return dashboard.Panels.SelectMany(panel => panel.Targets).Select(target => target.RawSql)
            .Concat(dashboard.Variables.Where(variable => variable.Type == VariableType.Query).Select(variable => variable.Query));
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Descendants(JsonNode? node) => node switch
    {
        JsonObject parts => parts.SelectMany(part => Descendants(part.Value).Prepend(part)),
        JsonArray items => items.SelectMany(Descendants),
        _ => [],
    };

    [GeneratedRegex("'(net_revenue|gross_revenue|average_order_value)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Amount();

    [GeneratedRegex(@"\b(from|join)\s+(?<relation>[a-z_0-9.]+)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Relation();

    [GeneratedRegex(@"\$(?!__)\{?[^\s,)]*\}?", RegexOptions.None, 1000)]
    private static partial Regex Variable();
}
