using LifecycleMetrics.Reporting.Email.Templates;

namespace LifecycleMetrics.Reporting.Email.Definitions;

/// <summary>A definition with its templates.</summary>
public sealed record Report(ReportDefinition Definition, ITemplate Html, ITemplate Text);
