using LifecycleMetrics.Reporting.Email.Definitions;
using LifecycleMetrics.Reporting.Email.Delivery;
using LifecycleMetrics.Reporting.Email.Rendering;
using LifecycleMetrics.Reporting.Schedules;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Reporting.Email;

/// <summary>What the verbs <c>report list</c>, <c>report preview</c> and <c>report send</c> do.</summary>
public sealed class ReportRunner(
    ReportCatalog catalog, ReportPreparation preparation, ReportSender sender, DeliveryLog log, IOptions<EmailOptions> options, TimeProvider timeProvider)
{
    public async Task<IReadOnlyList<ReportListing>> ListAsync(CancellationToken cancellationToken)
    {
        var listings = new List<ReportListing>();
        foreach (var definition in catalog.Reports.Select(report => report.Definition))
        {
            listings.Add(new ReportListing(
                definition.Id,
                definition.Name[definition.Language],
                $"{definition.Schedule.Cron} {definition.Schedule.Zone.Id}",
                options.Value.Enabled ? SlotCalendar.Next(definition.Schedule, timeProvider.GetUtcNow()) : null,
                RecipientRules.Of(definition, options.Value).Count,
                await log.ReadLatestAsync(definition.Id, 20, cancellationToken)));
        }

        return listings;
    }

    /// <summary>The report as it would be sent now, or at another instant.</summary>
    /// <exception cref="KeyNotFoundException">There is no such report; the message names those there are.</exception>
    /// <exception cref="ReportDataException">The database's answer can't be made into a report.</exception>
    public async Task<RenderedReport> PreviewAsync(string id, string? language, DateTimeOffset? at, CancellationToken cancellationToken)
    {
        var report = catalog.Get(id);
        if (language is not null && !ReportLanguages.All.Contains(language)) throw new ArgumentException($"There is no language '{language}'. Known are: {string.Join(", ", ReportLanguages.All)}.", nameof(language));
        var prepared = await preparation.PrepareAsync(report, at ?? timeProvider.GetUtcNow(), cancellationToken);
        return prepared.Render(language ?? report.Definition.Language, cancellationToken);
    }

    /// <summary>Sends the mails of the report's latest slot to the recipients that have not got them yet.</summary>
    /// <exception cref="KeyNotFoundException">There is no such report; the message names those there are.</exception>
    /// <exception cref="InvalidOperationException">The report has no recipients, or no slot yet.</exception>
    public Task<IReadOnlyList<DeliveryRecord>> SendAsync(string id, CancellationToken cancellationToken)
    {
        var report = catalog.Get(id);
        if (RecipientRules.Of(report.Definition, options.Value).Count == 0)
        {
            throw new InvalidOperationException($"The report '{id}' has no recipients. Name some in its file or in Email:Recipients.");
        }

        var slot = SlotCalendar.Latest(report.Definition.Schedule, timeProvider.GetUtcNow())
            ?? throw new InvalidOperationException($"The schedule of the report '{id}' has had no slot in two years.");
        return sender.SendAsync(report, slot, isResume: false, cancellationToken);
    }
}
