namespace LifecycleMetrics.Reporting.Dashboards.Queries;

/// <summary>SQL that ClickHouse understands, with its parameters.</summary>
public sealed record ExpandedQuery(string Sql, IReadOnlyList<SqlParameter> Parameters);
