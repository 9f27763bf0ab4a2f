namespace LifecycleMetrics.Reporting.Dashboards.Queries;

/// <summary>A panel can't be asked like this; the message is shown on the panel and names what to change.</summary>
public sealed class DashboardQueryException(string message) : Exception(message);
