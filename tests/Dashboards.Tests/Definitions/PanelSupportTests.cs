using System.Text.Json.Nodes;
using LifecycleMetrics.Reporting.Dashboards.Definitions;

namespace LifecycleMetrics.Dashboards.Tests.Definitions;

public sealed class PanelSupportTests
{
    [Theory]
    [InlineData("""{ "id": 1, "type": "geomap" }""", "panel type 'geomap' is not known")]
    [InlineData("""{ "id": 1, "type": "stat", "options": { "sparkles": true } }""", "option options.sparkles of stat is not known")]
    [InlineData("""{ "id": 1, "type": "stat", "options": { "graphMode": "line" } }""", "options.graphMode = line is not known; use none or area")]
    [InlineData("""{ "id": 1, "type": "stat", "fieldConfig": { "defaults": { "unit": "furlongs" } } }""", "fieldConfig.defaults.unit = furlongs is not known")]
    [InlineData("""{ "id": 1, "type": "table", "transformations": [ { "id": "organize" } ] }""", "option transformations[].id of table is not known")]
    public void ProblemsOf_WhatTheViewerDoesNotKnow_NamesIt(string panel, string expected) =>
        Assert.StartsWith(expected, Assert.Single(PanelSupport.ProblemsOf(JsonNode.Parse(panel)!.AsObject())), StringComparison.Ordinal);

    [Fact]
    public void ProblemsOf_WhatItKnows_AreNone() => Assert.Empty(PanelSupport.ProblemsOf(JsonNode.Parse(
        """{ "id": 1, "type": "stat", "title": "x", "options": { "graphMode": "area", "text": {} } }""")!.AsObject()));

    [Fact]
    public void Read_UidThatIsNotTheFileName_IsRefused() => Assert.Contains("must be the file name",
        Assert.Throws<DashboardFormatException>(() => DashboardReader.Read("a.json", """{ "uid": "b", "panels": [] }""")).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{ "uid": 5 }""")]
    [InlineData("""{ "uid": "a", "panels": [ { "type": "stat" } ] }""")]
    [InlineData("""{ "uid": "a", "panels": [], "templating": { "list": [ { "name": "x y", "type": "custom" } ] } }""")]
    public void Read_TextThatIsNoDashboard_IsRefusedWithTheFileName(string json) => Assert.StartsWith("a.json",
        Assert.Throws<DashboardFormatException>(() => DashboardReader.Read("a.json", json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_ForTheBrowser_LeavesNoSql()
    {
        var dashboard = DashboardReader.Read("a.json",
            """
            { "uid": "a", "panels": [ { "id": 1, "type": "stat", "targets": [ { "refId": "A", "format": 1, "rawSql": "select 1" } ] } ],
              "templating": { "list": [ { "name": "v", "type": "query", "query": "select 2", "definition": "select 2" } ] } }
            """);

        Assert.DoesNotContain("select", dashboard.BrowserJson.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("select 1", dashboard.Panels[0].Targets[0].RawSql);
        Assert.Equal("select 2", dashboard.Variables[0].Query);
    }
}
