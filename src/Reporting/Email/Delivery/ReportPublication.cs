using System.Text.RegularExpressions;
using LifecycleMetrics.Reporting.Email.Definitions;
using LifecycleMetrics.Reporting.Email.Rendering;
using LifecycleMetrics.Storage.Ledger;

namespace LifecycleMetrics.Reporting.Email.Delivery;

/// <summary>Keeps the values a report shows of its period: those of all views its queries read, not sliced.</summary>
public sealed partial class ReportPublication(PublicationLedger ledger, TimeProvider timeProvider)
{
    /// <summary>
    /// Called when the numbers are read and before they are sent, so that what was published is never missing; the ledger
    /// shows it only if somebody got it.
    /// </summary>
    public Task WriteAsync(ReportDefinition definition, DateTimeOffset slotAt, ReportPeriod period, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(period);
        var views = definition.Queries.SelectMany(query => KpiView().Matches(query.Sql)).Select(match => match.Value);
        return ledger.PublishAsync(
            Publication.OfReport(definition.Id, slotAt, timeProvider.GetUtcNow()),
            new PublishedPeriod(period.Grain, period.Start),
            views,
            dimension: "all",
            cancellationToken);
    }

    [GeneratedRegex(@"\bkpi_\w+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex KpiView();
}
