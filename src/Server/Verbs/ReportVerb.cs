using System.CommandLine;

namespace LifecycleMetrics.Server.Verbs;

/// <summary>report: lists the e-mail reports, shows one as it would be sent now, or sends it.</summary>
internal static class ReportVerb
{
    public static Command Command() => new("report", "E-mail reports: list, preview, send.");
}
