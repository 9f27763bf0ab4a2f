namespace LifecycleMetrics.Reporting.Dashboards.Definitions;

/// <summary>A choice: what people read and what the query gets.</summary>
public sealed record VariableOption(string Text, string Value);
