using System.Text.Json.Nodes;
using LifecycleMetrics.Reporting.Dashboards.Definitions;

namespace LifecycleMetrics.Dashboards.Tests.Support;

/// <summary>The dashboards of the repository, as they lie beside the program.</summary>
internal static class ShippedDashboards
{
    public static IReadOnlyList<string> Files { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "dashboards"), "*.json").Order()];

    public static IEnumerable<TheoryDataRow<string>> Uids =>
        Files.Select(file => new TheoryDataRow<string>(Path.GetFileNameWithoutExtension(file)));

    public static IEnumerable<TheoryDataRow<string, int, string>> Queries =>
        from file in Files
        let dashboard = Read(Path.GetFileNameWithoutExtension(file))
        from panel in dashboard.Panels
        from target in panel.Targets
        select new TheoryDataRow<string, int, string>(dashboard.Uid, panel.Id, target.RefId);

    public static JsonObject Json(string uid) => JsonNode.Parse(Text(uid))!.AsObject();

    public static Dashboard Read(string uid) => DashboardReader.Read(uid + ".json", Text(uid));

    public static IEnumerable<JsonObject> Panels(string uid) => Json(uid)["panels"]!.AsArray().Select(panel => panel!.AsObject());

    private static string Text(string uid) => File.ReadAllText(Files.Single(file => Path.GetFileNameWithoutExtension(file) == uid));
}
