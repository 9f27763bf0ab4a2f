namespace LifecycleMetrics.Reporting.Dashboards.Definitions;

/// <summary>A panel of a dashboard.</summary>
/// <param name="Id">Unique within the dashboard.</param>
/// <param name="Type">Grafana's panel type, such as <c>timeseries</c>.</param>
/// <param name="Title">Heading; may hold variables.</param>
/// <param name="Targets">Its queries by refId; empty for text and rows.</param>
/// <param name="Problems">What the viewer does not know about it, a sentence each; it draws these instead of the panel.</param>
public sealed record Panel(
    int Id,
    string Type,
    string Title,
    IReadOnlyList<PanelTarget> Targets,
    IReadOnlyList<string> Problems);
