namespace LifecycleMetrics.Reporting.Email.Rendering;

/// <summary>The answer to one query of a report.</summary>
/// <param name="Columns">Names in the order of the query.</param>
/// <param name="Rows">Values in the order of the columns: strings, longs, doubles, decimals, booleans, dates, null, and lists of them.</param>
public sealed record ReportRows(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows);
