using LifecycleMetrics.Reporting.Dashboards.Definitions;

namespace LifecycleMetrics.Reporting.Dashboards;

/// <summary>A dashboard in the list.</summary>
internal sealed record DashboardSummary(
    string Uid, string Title, string Description, IReadOnlyList<string> Tags, IReadOnlyList<string> Panels)
{
    public static DashboardSummary From(Dashboard dashboard) => new(
        dashboard.Uid, dashboard.Title, dashboard.Description, dashboard.Tags,
        [.. dashboard.Panels.Where(panel => panel.Targets.Count > 0).Select(panel => panel.Type)]);
}
