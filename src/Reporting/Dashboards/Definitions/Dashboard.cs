using System.Text.Json.Nodes;

namespace LifecycleMetrics.Reporting.Dashboards.Definitions;

/// <summary>A Grafana dashboard as read from its file.</summary>
/// <param name="Uid">Identity in addresses; equals the file name.</param>
/// <param name="Title">Name shown to people.</param>
/// <param name="Description">The question it answers; may be empty.</param>
/// <param name="Tags">Dashboards link to each other by tag.</param>
/// <param name="Panels">Panels that query, also those inside collapsed rows.</param>
/// <param name="Variables">In the order of the file: a variable may use those before it.</param>
/// <param name="BrowserJson">What the browser gets: the file without any SQL, with a <c>problems</c> list per panel.</param>
public sealed record Dashboard(
    string Uid,
    string Title,
    string Description,
    IReadOnlyList<string> Tags,
    IReadOnlyList<Panel> Panels,
    IReadOnlyList<Variable> Variables,
    JsonObject BrowserJson)
{
    public Panel? FindPanel(int id) => Panels.FirstOrDefault(panel => panel.Id == id);
}
