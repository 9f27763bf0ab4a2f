namespace LifecycleMetrics.Reporting.Dashboards.Queries;

/// <summary>The answer to one query.</summary>
/// <param name="Columns">In the order of the select.</param>
/// <param name="Rows">Values as the column's type says; null stays null, and so become NaN and infinity.</param>
/// <param name="IsTruncated">There are more rows than <see cref="DashboardOptions.MaxRows"/>.</param>
public sealed record QueryResult(
    IReadOnlyList<ResultColumn> Columns, IReadOnlyList<object?[]> Rows, bool IsTruncated);
