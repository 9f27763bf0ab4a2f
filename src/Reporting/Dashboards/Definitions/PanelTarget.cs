namespace LifecycleMetrics.Reporting.Dashboards.Definitions;

/// <summary>One query of a panel.</summary>
/// <param name="RefId">Its name within the panel, A, B, …</param>
/// <param name="RawSql">SQL with macros and variables.</param>
/// <param name="IsTimeSeries">True: a time column, then values, ordered by time. False: a table.</param>
public sealed record PanelTarget(string RefId, string RawSql, bool IsTimeSeries);
