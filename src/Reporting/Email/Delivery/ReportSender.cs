using System.Net.Mail;
using LifecycleMetrics.Reporting.Email.Definitions;
using LifecycleMetrics.Reporting.Email.Rendering;
using LifecycleMetrics.Reporting.Email.Transport;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Reporting.Email.Delivery;

/// <summary>
/// Sends the mails of one report and slot. Each recipient's mail is noted before and after it is handed over, so that
/// calling this again for the same slot, after a crash too, sends only what is known not to have been sent.
/// </summary>
public sealed class ReportSender(
    ReportPreparation preparation, IMailTransport transport, DeliveryLog log, ReportPublication publication, IOptions<EmailOptions> options, TimeProvider timeProvider, ILogger<ReportSender> logger)
{
    private EmailOptions Settings => options.Value;

    private IReadOnlyList<TimeSpan> Delays => Settings.RetryDelays.Count > 0 ? [.. Settings.RetryDelays] : EmailOptions.DefaultRetryDelays;

    /// <param name="isResume">Whether to finish only what was begun, so that somebody added since gets no old report.</param>
    /// <returns>Where each recipient stands afterwards.</returns>
    public async Task<IReadOnlyList<DeliveryRecord>> SendAsync(Report report, DateTimeOffset slotAt, bool isResume, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        var definition = report.Definition;
        var known = (await log.ReadSlotAsync(definition.Id, slotAt, cancellationToken)).ToDictionary(record => record.Recipient);
        var results = new List<DeliveryRecord>();
        var open = new List<ReportRecipient>();
        foreach (var recipient in RecipientRules.Of(definition, Settings))
        {
            if (!known.TryGetValue(recipient.Address, out var record))
            {
                if (isResume) continue;
                await log.WriteAsync(new DeliveryRecord(definition.Id, slotAt, recipient.Address, DeliveryStatus.Waiting, 0, "", ""), cancellationToken);
                open.Add(recipient);
            }
            else if (record.Status is DeliveryStatus.Waiting or DeliveryStatus.Deferred)
            {
                open.Add(recipient);
            }
            else
            {
                results.Add(await SettleAsync(record, cancellationToken));
            }
        }

        if (open.Count > 0) results.AddRange(await SendToAsync(report, slotAt, open, cancellationToken));
        return results;
    }

    private async Task<IReadOnlyList<DeliveryRecord>> SendToAsync(Report report, DateTimeOffset slotAt, List<ReportRecipient> open, CancellationToken cancellationToken)
    {
        // The period is fixed and the questions are asked once; every mail says the same.
        var prepared = await preparation.PrepareAsync(report, slotAt, cancellationToken);
        await publication.WriteAsync(report.Definition, slotAt, prepared.Data.Period, cancellationToken);
        var renderings = open
            .Select(recipient => recipient.Language ?? report.Definition.Language)
            .Distinct()
            .ToDictionary(language => language, language => prepared.Render(language, cancellationToken));
        var messages = open.ConvertAll(recipient => new ReportMessage(
            renderings[recipient.Language ?? report.Definition.Language], slotAt, new MailAddress(Settings.From), new MailAddress(recipient.Address)));

        // All are tried before any is tried again: one slow mail server keeps nobody else waiting.
        var results = new Dictionary<string, DeliveryRecord>();
        for (var attempt = 1; messages.Count > 0; attempt++)
        {
            foreach (var message in messages) results[message.To.Address] = await TryAsync(message, attempt, cancellationToken);
            messages.RemoveAll(message => results[message.To.Address].Status != DeliveryStatus.Deferred);
            if (messages.Count > 0) await Task.Delay(Delays[attempt - 1], timeProvider, cancellationToken);
        }

        return [.. results.Values];
    }

    /// <summary>A mail that was under way when the server stopped may have arrived: it is shown, not repeated.</summary>
    private async Task<DeliveryRecord> SettleAsync(DeliveryRecord record, CancellationToken cancellationToken)
    {
        if (record.Status != DeliveryStatus.Sending) return record;
        var uncertain = record with { Status = DeliveryStatus.Uncertain, Detail = "The server stopped while the mail was under way." };
        await log.WriteAsync(uncertain, cancellationToken);
        Log.Uncertain(logger, record.ReportId, record.SlotAt, record.MessageId, uncertain.Detail);
        return uncertain;
    }

    private async Task<DeliveryRecord> TryAsync(ReportMessage message, int attempt, CancellationToken cancellationToken)
    {
        var record = new DeliveryRecord(message.Report.ReportId, message.SlotAt, message.To.Address, DeliveryStatus.Sending, attempt, "", message.MessageId);
        if (!RecipientRules.IsAllowed(message.To, Settings))
        {
            return await NoteAsync(record with { Status = DeliveryStatus.Refused, Detail = $"The domain {message.To.Host} isn't in Email:AllowedDomains." });
        }

        await log.WriteAsync(record, cancellationToken);
        var result = await transport.SendAsync(message, cancellationToken);
        return await NoteAsync(record with { Status = StatusAfter(result.Outcome, attempt), Detail = result.Detail });
    }

    private DeliveryStatus StatusAfter(DeliveryOutcome outcome, int attempt) => outcome switch
    {
        DeliveryOutcome.Sent => DeliveryStatus.Sent,
        DeliveryOutcome.Refused => DeliveryStatus.Refused,
        DeliveryOutcome.Uncertain => DeliveryStatus.Uncertain,
        _ => attempt <= Delays.Count ? DeliveryStatus.Deferred : DeliveryStatus.Failed,
    };

    private async Task<DeliveryRecord> NoteAsync(DeliveryRecord record)
    {
        // What happened is noted even when the server is about to stop: that is when it matters.
        await log.WriteAsync(record, CancellationToken.None);
        switch (record.Status)
        {
            case DeliveryStatus.Sent:
                Log.Sent(logger, record.ReportId, record.SlotAt, record.MessageId, record.Attempt);
                break;
            case DeliveryStatus.Deferred:
                Log.Deferred(logger, record.ReportId, record.SlotAt, record.MessageId, record.Attempt, record.Detail);
                break;
            case DeliveryStatus.Uncertain:
                Log.Uncertain(logger, record.ReportId, record.SlotAt, record.MessageId, record.Detail);
                break;
            default:
                Log.NotSent(logger, record.ReportId, record.SlotAt, record.MessageId, record.Status, record.Detail);
                break;
        }

        return record;
    }
}
