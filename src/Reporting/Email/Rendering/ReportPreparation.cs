using LifecycleMetrics.Reporting.Email.Definitions;
using LifecycleMetrics.Storage;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Reporting.Email.Rendering;

/// <summary>Fixes a report's period and asks its questions, once for all its recipients.</summary>
public sealed class ReportPreparation(
    ReportDataReader reader, ReportRenderer renderer, IOptions<ReportSettings> reportSettings, IOptions<EmailOptions> emailOptions)
{
    /// <param name="instant">The slot, or now for a preview: the report is about the last whole period before it.</param>
    public async Task<PreparedReport> PrepareAsync(Report report, DateTimeOffset instant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        var settings = reportSettings.Value;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(settings.TimeZone);
        var definition = report.Definition;
        var period = ReportPeriod.Before(instant, definition.Period, zone, settings.WeekStart, definition.History);
        var data = await reader.ReadAsync(definition, period, settings.TimeZone, cancellationToken);
        return new PreparedReport(report, data, new ReportLinks(emailOptions.Value.PublicUrl, zone), renderer);
    }
}
