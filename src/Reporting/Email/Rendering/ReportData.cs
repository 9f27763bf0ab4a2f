namespace LifecycleMetrics.Reporting.Email.Rendering;

/// <summary>All that a report says, taken once; every recipient's mail is made from it.</summary>
public sealed record ReportData(ReportPeriod Period, IReadOnlyDictionary<string, ReportRows> Queries);
