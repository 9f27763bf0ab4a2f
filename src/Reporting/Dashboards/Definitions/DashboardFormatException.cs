namespace LifecycleMetrics.Reporting.Dashboards.Definitions;

/// <summary>A dashboard file can't be read; the message names the file, what is wrong and what to do.</summary>
public sealed class DashboardFormatException(string message, Exception? innerException = null)
    : FormatException(message, innerException);
