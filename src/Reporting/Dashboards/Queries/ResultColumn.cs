namespace LifecycleMetrics.Reporting.Dashboards.Queries;

/// <summary>A column of an answer.</summary>
public sealed record ResultColumn(string Name, ColumnType Type);
