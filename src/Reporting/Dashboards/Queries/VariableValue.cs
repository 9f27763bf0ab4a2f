namespace LifecycleMetrics.Reporting.Dashboards.Queries;

/// <summary>The checked choice of one variable.</summary>
/// <param name="Values">What is chosen; with <paramref name="IsAll"/> every choice there is.</param>
/// <param name="IsAll">"All" is chosen.</param>
public sealed record VariableValue(IReadOnlyList<string> Values, bool IsAll = false);
