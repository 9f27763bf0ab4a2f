using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LifecycleMetrics.Reporting.Dashboards.Definitions;

/// <summary>Reads classic Grafana dashboard JSON.</summary>
public static class DashboardReader
{
    /// <exception cref="DashboardFormatException">The text is no dashboard, or lacks what the viewer needs.</exception>
    public static Dashboard Read(string fileName, string json)
    {
        try
        {
            var root = JsonNode.Parse(json) as JsonObject ?? throw new JsonException("an object is expected");
            return Read(fileName, root);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException
                                      and not DashboardFormatException)
        {
            throw new DashboardFormatException($"{fileName} is not a Grafana dashboard: {fault.Message}", fault);
        }
    }

    private static Dashboard Read(string fileName, JsonObject root)
    {
        var uid = Text(root, "uid");
        if (uid != Path.GetFileNameWithoutExtension(fileName))
            throw new DashboardFormatException($"{fileName}: uid is '{uid}', but must be the file name without .json.");

        List<Panel> panels = [];
        foreach (var node in AllPanels(root["panels"] as JsonArray ?? []))
            panels.Add(ReadPanel(fileName, node));
        var duplicate = panels.GroupBy(panel => panel.Id).FirstOrDefault(group => group.Count() > 1);
        if (duplicate is not null)
            throw new DashboardFormatException($"{fileName}: two panels have the id {duplicate.Key}; give each its own.");

        var list = root["templating"]?["list"] as JsonArray ?? [];
        var variables = list.OfType<JsonObject>().Select(node => VariableReader.Read(fileName, node)).ToList();
        return new Dashboard(
            uid, Text(root, "title"), Text(root, "description"),
            (root["tags"] as JsonArray ?? []).Select(tag => tag!.GetValue<string>()).ToList(),
            panels, variables, ForBrowser(root, panels));
    }

    private static IEnumerable<JsonObject> AllPanels(JsonArray panels)
    {
        foreach (var panel in panels.OfType<JsonObject>())
        {
            yield return panel;
            foreach (var inner in AllPanels(panel["panels"] as JsonArray ?? []))
                yield return inner;
        }
    }

    private static Panel ReadPanel(string fileName, JsonObject node)
    {
        var id = node["id"]?.GetValue<int>()
            ?? throw new DashboardFormatException($"{fileName}: the panel '{Text(node, "title")}' has no id.");
        List<PanelTarget> targets = [];
        List<string> problems = [.. PanelSupport.ProblemsOf(node)];
        foreach (var target in (node["targets"] as JsonArray ?? []).OfType<JsonObject>())
        {
            var format = target["format"]?.GetValue<int>() ?? 1;
            var sql = Text(target, "rawSql");
            if (format is not (0 or 1))
                problems.Add(string.Create(CultureInfo.InvariantCulture,
                    $"query format {format} is not known; use 0 (time series) or 1 (table)"));
            if (sql.Length == 0)
                problems.Add($"query {Text(target, "refId")} has no rawSql");
            targets.Add(new PanelTarget(Text(target, "refId"), sql, format == 0));
        }

        return new Panel(id, Text(node, "type"), Text(node, "title"), targets, problems);
    }

    private static JsonObject ForBrowser(JsonObject root, List<Panel> panels)
    {
        var copy = root.DeepClone().AsObject();
        copy.Remove("templating");
        copy.Remove("annotations");
        foreach (var node in AllPanels(copy["panels"] as JsonArray ?? []))
        {
            foreach (var target in (node["targets"] as JsonArray ?? []).OfType<JsonObject>())
            {
                target.Remove("rawSql");
                target.Remove("datasource");
            }

            var id = node["id"]!.GetValue<int>();
            var problems = panels.First(panel => panel.Id == id).Problems;
            node["problems"] = new JsonArray([.. problems.Select(problem => JsonValue.Create(problem))]);
        }

        return copy;
    }

    internal static string Text(JsonObject node, string name) => node[name]?.GetValue<string>() ?? "";
}
