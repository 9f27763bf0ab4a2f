namespace LifecycleMetrics.Reporting.Dashboards.Queries;

/// <summary>What the browser asks for a panel: names and values, never SQL.</summary>
/// <param name="PanelId">Panel of the dashboard in the address.</param>
/// <param name="RefId">Query of that panel.</param>
/// <param name="From">Milliseconds since 1970 (UTC).</param>
/// <param name="To">Milliseconds since 1970 (UTC).</param>
/// <param name="MaxDataPoints">About the panel's width in pixels.</param>
/// <param name="Variables">Chosen values; variables left out get their default.</param>
public sealed record PanelQueryRequest(
    int PanelId,
    string RefId,
    long From,
    long To,
    int MaxDataPoints = 800,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? Variables = null);
