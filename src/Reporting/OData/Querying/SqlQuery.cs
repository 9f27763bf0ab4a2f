namespace LifecycleMetrics.Reporting.OData.Querying;

internal sealed record SqlQuery(string Text, IReadOnlyList<SqlParameter> Parameters);
