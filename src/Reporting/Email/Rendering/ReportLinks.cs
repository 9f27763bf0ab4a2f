using LifecycleMetrics.Reporting.Email.Definitions;

namespace LifecycleMetrics.Reporting.Email.Rendering;

/// <summary>Links into the dashboards that keep the report's absolute range, so that they show the same numbers years later.</summary>
/// <param name="publicUrl">Where readers reach the server.</param>
/// <param name="zone">The zone days begin in.</param>
public sealed class ReportLinks(Uri publicUrl, TimeZoneInfo zone)
{
    internal Dictionary<string, object?> ToModel(ReportDefinition definition, ReportPeriod period) => new()
    {
        ["home"] = publicUrl.AbsoluteUri,
        ["dashboard"] = Dashboard(definition.Dashboard, period.Start, period.End),
        ["history"] = Dashboard(definition.Dashboard, period.HistoryStart, period.End),
    };

    private string Dashboard(string uid, DateOnly from, DateOnly to)
    {
        var path = FormattableString.Invariant($"dashboards/{Uri.EscapeDataString(uid)}?from={Milliseconds(from)}&to={Milliseconds(to)}");
        return new Uri(publicUrl, path).AbsoluteUri;
    }

    private long Milliseconds(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);

        // Where the clock goes forward at midnight the day begins at the first minute that exists.
        while (zone.IsInvalidTime(midnight)) midnight = midnight.AddMinutes(30);
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUnixTimeMilliseconds();
    }
}
