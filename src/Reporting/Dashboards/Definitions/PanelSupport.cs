using System.Text.Json;
using System.Text.Json.Nodes;

namespace LifecycleMetrics.Reporting.Dashboards.Definitions;

/// <summary>
/// What the viewer can draw, from <c>panel-options.json</c>: per panel type the option paths it knows and, where only
/// some values are drawn, those values. A path ending in <c>.**</c> covers everything below it.
/// </summary>
public static class PanelSupport
{
    private const string Common = "common";

    private static readonly Dictionary<string, Dictionary<string, HashSet<string>?>> Known = Load();

    /// <summary>Panel types that are drawn.</summary>
    public static IEnumerable<string> Types => Known.Keys.Where(type => type != Common);

    /// <summary>Every type, option or value in <paramref name="panel"/> that would not be drawn as Grafana draws it.</summary>
    public static IEnumerable<string> ProblemsOf(JsonObject panel)
    {
        var type = DashboardReader.Text(panel, "type");
        if (type == Common || !Known.TryGetValue(type, out var ofType))
            return [$"panel type '{type}' is not known"];
        return Leaves(panel, "").Select(leaf => ProblemOf(type, ofType, leaf)).OfType<string>().Distinct();
    }

    private static string? ProblemOf(
        string type, Dictionary<string, HashSet<string>?> ofType, (string Path, JsonNode? Value) leaf)
    {
        if (!TryFind(ofType, leaf.Path, out var values) && !TryFind(Known[Common], leaf.Path, out values))
            return $"option {leaf.Path} of {type} is not known";
        var text = leaf.Value?.GetValueKind() == JsonValueKind.String
            ? leaf.Value.GetValue<string>()
            : leaf.Value?.ToJsonString() ?? "null";
        return values is null || values.Contains(text)
            ? null
            : $"{leaf.Path} = {text} is not known; use {string.Join(" or ", values)}";
    }

    private static bool TryFind(Dictionary<string, HashSet<string>?> rules, string path, out HashSet<string>? values)
    {
        if (rules.TryGetValue(path, out values))
            return true;
        for (var dot = path.LastIndexOf('.'); dot > 0; dot = path.LastIndexOf('.', dot - 1))
            if (rules.TryGetValue(path[..dot] + ".**", out values))
                return true;
        return false;
    }

    /// <summary>Everything that has no parts, by path; empty objects and arrays say nothing and are left out.</summary>
    private static IEnumerable<(string Path, JsonNode? Value)> Leaves(JsonNode? node, string path) => node switch
    {
        JsonObject parts => parts
            .Where(part => !(path.Length == 0 && part.Key == "panels"))
            .SelectMany(part => Leaves(part.Value, path.Length == 0 ? part.Key : $"{path}.{part.Key}")),
        JsonArray items => items.SelectMany(item => Leaves(item, path + "[]")),
        _ => [(path, node)],
    };

    private static Dictionary<string, Dictionary<string, HashSet<string>?>> Load()
    {
        using var stream = typeof(PanelSupport).Assembly.GetManifestResourceStream("panel-options.json")
            ?? throw new InvalidOperationException("panel-options.json is not embedded in the assembly.");
        var types = JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string[]?>>>(stream)!;
        return types.ToDictionary(
            type => type.Key,
            type => type.Value.ToDictionary(rule => rule.Key, rule => rule.Value?.ToHashSet()));
    }
}
