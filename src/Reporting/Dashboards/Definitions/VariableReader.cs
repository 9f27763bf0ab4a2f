using System.Text.Json.Nodes;

namespace LifecycleMetrics.Reporting.Dashboards.Definitions;

/// <summary>Reads one entry of <c>templating.list</c>.</summary>
internal static class VariableReader
{
    private static readonly Dictionary<string, VariableType> Types = new()
    {
        ["datasource"] = VariableType.DataSource,
        ["query"] = VariableType.Query,
        ["custom"] = VariableType.Custom,
        ["constant"] = VariableType.Constant,
        ["textbox"] = VariableType.TextBox,
    };

    public static Variable Read(string fileName, JsonObject node)
    {
        var name = DashboardReader.Text(node, "name");
        if (name.Length == 0 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_')
            || name.StartsWith("__", StringComparison.Ordinal))
            throw new DashboardFormatException($"{fileName}: '{name}' can't be the name of a variable.");
        if (!Types.TryGetValue(DashboardReader.Text(node, "type"), out var type))
            throw new DashboardFormatException(
                $"{fileName}: variable {name} has the type '{DashboardReader.Text(node, "type")}'; known are "
                + $"{string.Join(", ", Types.Keys)}.");
        if (DashboardReader.Text(node, "regex").Length > 0 || DashboardReader.Text(node, "allValue").Length > 0)
            throw new DashboardFormatException($"{fileName}: variable {name} uses regex or allValue; put it into its query.");

        var query = QueryText(node["query"]);
        var label = DashboardReader.Text(node, "label");
        return new Variable(
            name, label.Length > 0 ? label : name, type,
            type == VariableType.Query ? query : "",
            type switch
            {
                VariableType.Custom => CustomOptions(query),
                VariableType.Constant => [new VariableOption(query, query)],
                VariableType.DataSource => [new VariableOption("This server", "built-in")],
                _ => [],
            },
            type == VariableType.TextBox && node["current"]?["value"] is null ? [query] : Values(node["current"]?["value"]),
            node["multi"]?.GetValue<bool>() ?? false,
            node["includeAll"]?.GetValue<bool>() ?? false,
            (node["hide"]?.GetValue<int>() ?? 0) == 2 || type is VariableType.DataSource or VariableType.Constant);
    }

    private static string QueryText(JsonNode? query) => query switch
    {
        null => "",
        JsonObject withSql => DashboardReader.Text(withSql, withSql.ContainsKey("rawSql") ? "rawSql" : "query"),
        _ => query.GetValue<string>(),
    };

    /// <summary>Grafana's list form: <c>English : en, Español : es</c>, or values alone; <c>\,</c> is a comma.</summary>
    private static List<VariableOption> CustomOptions(string list)
    {
        List<VariableOption> options = [];
        foreach (var part in list.Replace("\\,", "\0", StringComparison.Ordinal).Split(','))
        {
            var item = part.Replace('\0', ',').Trim();
            var split = item.IndexOf(" : ", StringComparison.Ordinal);
            options.Add(split < 0
                ? new VariableOption(item, item)
                : new VariableOption(item[..split].Trim(), item[(split + 3)..].Trim()));
        }

        return options;
    }

    private static List<string> Values(JsonNode? value) => value switch
    {
        null => [],
        JsonArray several => [.. several.Select(one => one!.GetValue<string>())],
        _ => [value.GetValue<string>()],
    };
}
