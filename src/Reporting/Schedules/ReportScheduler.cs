using LifecycleMetrics.Reporting.Email;
using LifecycleMetrics.Reporting.Email.Definitions;
using LifecycleMetrics.Reporting.Email.Delivery;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Reporting.Schedules;

/// <summary>Says when reports are sent; what is sent and to whom is the sender's matter.</summary>
public sealed class ReportScheduler(
    ReportCatalog catalog, ReportSender sender, DeliveryLog log, IOptions<EmailOptions> options, TimeProvider timeProvider, ILogger<ReportScheduler> logger) : BackgroundService
{
    // Long waits are cut, because a clock that is set, or a machine that slept, must not make a report late by a day.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan WaitAfterFailure = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled)
        {
            Log.SchedulesOff(logger);
            return;
        }

        await Task.WhenAll(catalog.Reports.Where(HasRecipients).Select(report => RunAsync(report, stoppingToken)));
    }

    private bool HasRecipients(Report report)
    {
        if (RecipientRules.Of(report.Definition, options.Value).Count > 0) return true;
        Log.NoRecipients(logger, report.Definition.Id);
        return false;
    }

    private async Task RunAsync(Report report, CancellationToken stoppingToken)
    {
        DateTimeOffset? announced = null;

        // What a crash or a failure left open is finished once, not looked for every minute.
        var isResume = true;
        while (!stoppingToken.IsCancellationRequested)
        {
            var now = timeProvider.GetUtcNow();
            try
            {
                await CatchUpAsync(report, now, isResume, stoppingToken);
                isResume = false;
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // The loop must outlive whatever goes wrong with one report: the database may be back in a while.
                isResume = true;
                Log.Failed(logger, report.Definition.Id, now, WaitAfterFailure, failure);
                await Task.Delay(WaitAfterFailure, timeProvider, stoppingToken);
                continue;
            }

            if (SlotCalendar.Next(report.Definition.Schedule, now) is not { } next) return;
            if (next != announced) Log.Next(logger, report.Definition.Id, next);
            announced = next;
            var wait = next - timeProvider.GetUtcNow();
            if (wait > TimeSpan.Zero) await Task.Delay(wait < LongestWait ? wait : LongestWait, timeProvider, stoppingToken);
        }
    }

    /// <summary>
    /// Sends the latest slot that has passed and nobody saw; slots before it are noted as missed.
    /// A report that never ran begins here: what lies before is not sent.
    /// </summary>
    /// <param name="isResume">Whether to finish the slot that was begun last, too.</param>
    internal async Task CatchUpAsync(Report report, DateTimeOffset now, bool isResume, CancellationToken cancellationToken)
    {
        var definition = report.Definition;
        var seen = await log.ReadLatestAsync(definition.Id, 1, cancellationToken);
        if (seen is not [var latest])
        {
            await log.WriteAsync(new DeliveryRecord(definition.Id, now, "", DeliveryStatus.Waiting, 0, "The schedule begins.", ""), cancellationToken);
            return;
        }

        var due = SlotCalendar.Between(definition.Schedule, latest.SlotAt, now);
        foreach (var missed in due.SkipLast(1))
        {
            Log.Missed(logger, definition.Id, missed);
            await log.WriteAsync(new DeliveryRecord(definition.Id, missed, "", DeliveryStatus.Missed, 0, "The server wasn't running.", ""), cancellationToken);
        }

        if (due.Count > 0) await sender.SendAsync(report, due[^1], isResume: false, cancellationToken);
        else if (isResume && latest.Recipient.Length > 0) await sender.SendAsync(report, latest.SlotAt, isResume: true, cancellationToken);
    }
}
