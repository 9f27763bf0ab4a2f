namespace LifecycleMetrics.Reporting.Email.Definitions;

/// <param name="Language">Null for the report's language.</param>
public sealed record ReportRecipient(string Address, string? Language);
