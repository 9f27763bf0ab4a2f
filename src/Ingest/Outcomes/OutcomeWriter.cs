using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LifecycleMetrics.Ingest.Outcomes;

/// <summary>
/// Brings the counts to ClickHouse every few seconds and at stop. While it doesn't take them, they are kept in a file, and
/// written under the id of the run that counted them by this run or the next.
/// </summary>
internal sealed class OutcomeWriter(
    IngestOptions options, OutcomeCounts counts, OutcomeTable table, OutcomeFile file, TimeProvider time, ILogger<OutcomeWriter> logger)
    : BackgroundService
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    // Counts of earlier runs, and whether the file is to be changed.
    private List<OutcomeCount> _earlier = [];
    private bool _isFileUsed;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StopTimeout);
        await WriteAsync(limit.Token);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        ReadEarlier();
        using var timer = new PeriodicTimer(options.OutcomeInterval, time);
        while (!stoppingToken.IsCancellationRequested)
        {
            await WriteAsync(stoppingToken);
            await timer.WaitForNextTickAsync(stoppingToken);
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        var own = counts.Unwritten();
        List<OutcomeCount> all = [.. _earlier, .. own];
        if (all.Count == 0)
            return;
        try
        {
            await table.InsertAsync(all, cancellationToken);
        }
        catch (Exception e)
        {
            // The server takes events whatever becomes of their counts: nothing that is wrong with these may stop it.
            Log.CountsNotWritten(logger, e, all.Count);
            Keep(all);
            return;
        }

        counts.Written(own);
        _earlier = [];
        if (_isFileUsed)
            Keep([]);
    }

    private void ReadEarlier()
    {
        try
        {
            _earlier = file.Read();
            _isFileUsed = _earlier.Count > 0;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            Log.CountsNotRead(logger, e);
        }
    }

    private void Keep(List<OutcomeCount> all)
    {
        try
        {
            file.Write(all);
            _isFileUsed = all.Count > 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.CountsNotKept(logger, e);
        }
    }
}
