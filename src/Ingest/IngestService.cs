using LifecycleMetrics.Ingest.Spool;
using LifecycleMetrics.Ingest.Writing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LifecycleMetrics.Ingest;

/// <summary>
/// Opens the spool at start, before any request can come. At stop, when no more can, commits what waits and brings the
/// spool to ClickHouse as far as the time allows.
/// </summary>
internal sealed class IngestService(
    IngestOptions options,
    SegmentStore segments,
    EventIdWindow window,
    GroupCommit commit,
    SpoolWriter writer,
    PositionFile positions,
    IngestMetrics metrics,
    TimeProvider time,
    ILogger<SpoolWriter> logger) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _writing = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var ids = new List<UInt128>();
        segments.Open(payload =>
        {
            ids.Clear();
            for (var i = 0; i < Frame.RowCount(payload); i++)
                ids.Add(Frame.Row(payload, i).EventId);
            window.Add(
                System.Runtime.InteropServices.CollectionsMarshal.AsSpan(ids),
                Frame.ReceivedAt(payload),
                time.GetUtcNow().ToUnixTimeMilliseconds());
        });
        var position = positions.Read();
        if (position is { } known)
            segments.ReserveIds(known.Segment);
        metrics.Observe(() => segments.UnconfirmedBytes, () => segments.Age.TotalSeconds, () => window.Count);
        commit.Start();
        _writing = Task.Run(() => writer.RunAsync(position, _stop.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        commit.Stop();
        writer.Drain();
        _stop.CancelAfter(options.Writer.DrainTimeout);
        await using (cancellationToken.Register(_stop.Cancel))
            await _writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (segments.UnconfirmedBytes is > 0 and var left)
            Writing.Log.LeftInSpool(logger, left);
        positions.Dispose();
        segments.Dispose();
    }

    public void Dispose() => _stop.Dispose();
}
