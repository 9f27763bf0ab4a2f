using LifecycleMetrics.Reporting.Email.Definitions;

namespace LifecycleMetrics.Reporting.Email.Rendering;

/// <summary>A report whose period and numbers are fixed.</summary>
public sealed class PreparedReport(Report report, ReportData data, ReportLinks links, ReportRenderer renderer)
{
    public ReportData Data => data;

    public RenderedReport Render(string language, CancellationToken cancellationToken) =>
        renderer.Render(report, data, language, links, cancellationToken);
}
