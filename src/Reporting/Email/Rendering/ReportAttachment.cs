namespace LifecycleMetrics.Reporting.Email.Rendering;

/// <summary>A CSV file that goes with the mail.</summary>
public sealed record ReportAttachment(string FileName, byte[] Content);
