namespace LifecycleMetrics.Reporting.Email.Rendering;

/// <summary>The database's answer can't be made into a report.</summary>
public sealed class ReportDataException(string message) : Exception(message);
