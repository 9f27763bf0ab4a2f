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
        segments.Open(frame =>
        {
            FrameIds.Read(frame, ids);
            foreach (var id in ids)
                window.Recover(id, frame.ReceivedAt);
        });
        var position = positions.Read();
        if (position is { } known)
            segments.ReserveIds(known.Segment);
        metrics.Observe(() => segments.UnconfirmedBytes, () => segments.Age.TotalSeconds, () => window.Count);
        commit.Start();
        _writing = Task.Run(() => WriteAsync(position), CancellationToken.None);
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

    /// <summary>Ends what runs, also in a host that is taken down without being stopped.</summary>
    public void Dispose()
    {
        commit.Stop();
        _stop.Cancel();
        Task.WaitAny([_writing], CancellationToken.None);
        _stop.Dispose();
    }

    private async Task WriteAsync(WritePosition? position)
    {
        var backOff = new BackOff(options.Writer.MinBackOff, options.Writer.MaxBackOff);
        while (true)
        {
            try
            {
                await writer.RunAsync(position, _stop.Token);
                return;
            }
            catch (Exception e) when (!_stop.IsCancellationRequested)
            {
                // The writer waits out what it knows. Whatever else happens, it begins anew as after a restart: events
                // that are taken but never written would be found out too late.
                Writing.Log.WriterFailed(logger, e);
                await Task.Delay(backOff.Next(), time, _stop.Token);
                position = positions.Read();
            }
        }
    }
}
