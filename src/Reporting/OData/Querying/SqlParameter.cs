namespace LifecycleMetrics.Reporting.OData.Querying;

/// <summary>A typed parameter of a query.</summary>
internal sealed record SqlParameter(string Name, string Type, object Value);
