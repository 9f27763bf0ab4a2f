namespace LifecycleMetrics.Reporting.Dashboards.Queries;

/// <summary>A value that goes to the database beside the SQL, as <c>{Name:Type}</c>.</summary>
public sealed record SqlParameter(string Name, string Type, object Value);
