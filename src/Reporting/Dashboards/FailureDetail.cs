namespace LifecycleMetrics.Reporting.Dashboards;

/// <summary>A stable code for programs and a sentence for people.</summary>
internal sealed record FailureDetail(string Code, string Message);
