using LifecycleMetrics.Storage;
using LifecycleMetrics.Storage.Ledger;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Reporting.Ledger;

/// <summary>Reads published values again from time to time, so that <c>dim_restatement</c> says what changed since.</summary>
public sealed class RestatementWatch(
    PublicationLedger ledger, IOptions<ReportSettings> settings, TimeProvider timeProvider, ILogger<RestatementWatch> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(settings.Value.RestatementInterval, timeProvider, stoppingToken);
            try
            {
                await ledger.CheckAsync(timeProvider.GetUtcNow(), stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // The database may be back next time; the ledger is as good as when it was last read.
                Log.NotChecked(logger, settings.Value.RestatementInterval, failure);
            }
        }
    }
}
