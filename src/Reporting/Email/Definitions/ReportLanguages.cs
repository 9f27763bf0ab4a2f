namespace LifecycleMetrics.Reporting.Email.Definitions;

/// <summary>The languages reports come in.</summary>
public static class ReportLanguages
{
    public static IReadOnlyList<string> All { get; } = ["en", "es", "it", "pt"];
}
