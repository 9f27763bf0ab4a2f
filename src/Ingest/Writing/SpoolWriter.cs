using LifecycleMetrics.Ingest.Spool;
using Microsoft.Extensions.Logging;

namespace LifecycleMetrics.Ingest.Writing;

/// <summary>
/// Reads the spool in order and writes it to ClickHouse, block by block. The only one that does.
/// </summary>
internal sealed class SpoolWriter(
    WriterOptions options,
    SegmentStore segments,
    EventIdWindow window,
    ITouchpointTable table,
    ReceivedCounts counts,
    BlockInsert insert,
    PositionFile positions,
    TimeProvider time,
    IngestMetrics metrics,
    ILogger<SpoolWriter> logger)
{
    private readonly Block _block = new();
    private readonly ByteBuffer _frame = new();
    private readonly InsertPace _pace = new(options);
    private readonly TaskCompletionSource _draining = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SpoolCursor _confirmed;

    // The last row that ClickHouse was found to have when nobody knew the position.
    private (ulong Segment, ulong Sequence)? _found;

    /// <summary>From here on nothing is waited for: what the spool holds is written, then <see cref="RunAsync"/> ends.</summary>
    public void Drain() => _draining.TrySetResult();

    /// <summary>Writes until drained or cancelled.</summary>
    /// <param name="position">Where the last run ended; null if that is not known.</param>
    /// <param name="cancellationToken">Stops at once; what is unwritten stays in the spool.</param>
    public async Task RunAsync(WritePosition? position, CancellationToken cancellationToken)
    {
        await RetryAsync(LoadWindowAsync, cancellationToken);
        _confirmed = default;
        if (position is { } known)
            await ResumeAsync(known, cancellationToken);
        else
            await RetryAsync(FindPositionAsync, cancellationToken);

        while (true)
        {
            await RetryAsync(FillAsync, cancellationToken);
            if (_block.IsEmpty)
                return;
            await WriteAsync(MayHaveRowsOfBlock() ? SentBefore.InOtherBlocks : SentBefore.No, cancellationToken);
        }
    }

    // Events are taken all the while; copies of what ClickHouse holds show up as late duplicates. So nothing may be
    // written before this is done.
    private async Task LoadWindowAsync(CancellationToken cancellationToken)
    {
        var onDisk = segments.Segments.Select(segment => segment.Id).ToArray();
        await table.LoadRecentAsync(onDisk, window, cancellationToken);
        window.CompleteLoad();
        Log.WindowLoaded(logger, window.Count);
    }

    private async Task ResumeAsync(WritePosition position, CancellationToken cancellationToken)
    {
        foreach (var segment in segments.Segments)
        {
            if (segment.Id < position.Segment)
                segments.Confirm(new(segment, segment.DurableLength), segment.OldestReceivedAt);
            else if (segment.Id == position.Segment)
                segments.Confirm(new(segment, Math.Min(position.Confirmed, segment.DurableLength)), segment.OldestReceivedAt);
        }

        if (position.InFlight <= position.Confirmed)
            return;
        // The very block that was on its way when the last run ended.
        await RetryAsync(_ => FillAsync(position), cancellationToken);

        if (!_block.IsEmpty)
            await WriteAsync(SentBefore.AsItIs, cancellationToken);
    }

    // Without a position ClickHouse tells: rows are written in order, so it has all segments before the last one it knows. Of that
    // one rows of the last block may be missing, as a block is stored by partition, and in parts if a row is refused.
    private async Task FindPositionAsync(CancellationToken cancellationToken)
    {
        _found = await LastStoredAsync(cancellationToken);
        if (_found is not { } last)
            return;
        foreach (var segment in segments.Segments.Where(segment => segment.Id <= last.Segment))
        {
            await counts.SettleAsync(segment.Id, cancellationToken);
            var reached = segment.Id < last.Segment
                ? new SpoolCursor(segment, segment.DurableLength)
                : Before(segment, last.Sequence - Math.Min(last.Sequence, (ulong)options.MaxBlockRows));
            segments.Confirm(reached, segment.OldestReceivedAt);
        }
    }

    private async Task<(ulong Segment, ulong Sequence)?> LastStoredAsync(CancellationToken cancellationToken)
    {
        foreach (var segment in segments.Segments.Reverse())
        {
            if (await table.LastSequenceAsync(segment.Id, cancellationToken) is { } last)
                return (segment.Id, last);
        }

        return null;
    }

    // The end of the frames whose rows come before a sequence.
    private SpoolCursor Before(SpoolSegment segment, ulong sequence)
    {
        var reached = new SpoolCursor(segment, segment.FirstFrame);
        while (TryReadFrame(reached, out var next) && next.Segment == segment && new Frame(_frame.Written).NextSequence <= sequence)
            reached = next;
        return reached;
    }

    private bool MayHaveRowsOfBlock() =>
        _found is { } last && _block.Segment!.Id == last.Segment && _block.Rows > 0 && _block.Sequences[0] <= last.Sequence;

    private Task FillAsync(WritePosition inFlight)
    {
        _block.Reset();
        var reached = _confirmed;
        while (TryReadFrame(reached, out var next) && next.Segment!.Id == inFlight.Segment && next.Offset <= inFlight.InFlight)
        {
            _block.Add(new Frame(_frame.Written), next, window);
            reached = next;
        }

        return Task.CompletedTask;
    }

    private bool TryReadFrame(SpoolCursor from, out SpoolCursor next)
    {
        next = from;
        return segments.TryRead(ref next, _frame);
    }

    // Fills the block until it is full, its segment ends, or its first event has waited long enough.
    private async Task FillAsync(CancellationToken cancellationToken)
    {
        _block.Reset();
        var reached = _confirmed;
        var started = 0L;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var changed = segments.Changed;
            if (TryReadFrame(reached, out var next))
            {
                if (!_block.IsEmpty && next.Segment != _block.Segment)
                    return;
                if (_block.IsEmpty)
                    started = time.GetTimestamp();
                _block.Add(new Frame(_frame.Written), next, window);
                reached = next;
                if (_block.Rows >= options.MaxBlockRows || _block.Bytes >= options.MaxBlockBytes)
                    return;
                continue;
            }

            if (_draining.Task.IsCompleted)
                return;
            var pause = _block.IsEmpty ? Timeout.InfiniteTimeSpan : _pace.Delay - Waited(started);
            if (pause <= TimeSpan.Zero && pause != Timeout.InfiniteTimeSpan)
                return;
            await segments.WaitAsync(Task.WhenAny(changed, _draining.Task), pause, cancellationToken);
        }
    }

    // Events come while the block before is inserted. The clock may jump, so that it alone does not tell.
    private TimeSpan Waited(long started)
    {
        var filling = time.GetElapsedTime(started);
        var sinceReceipt = time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(_block.FirstReceivedAt);
        return sinceReceipt > filling ? sinceReceipt : filling;
    }

    private async Task WriteAsync(SentBefore sent, CancellationToken cancellationToken)
    {
        if (_block.LateDuplicates > 0)
        {
            metrics.LateDuplicates(_block.LateDuplicates);
            Log.LateDuplicates(logger, _block.LateDuplicates);
        }

        var segment = _block.Segment!;
        if (_block.Rows > 0)
        {
            var started = time.GetTimestamp();
            var position = new WritePosition(segment.Id, segment.ConfirmedLength, _block.End.Offset);
            await RetryAsync(_ => SaveAsync(position), cancellationToken);
            await insert.RunAsync(_block, sent, cancellationToken);
            var took = time.GetElapsedTime(started);
            _pace.Took(took);
            metrics.Inserted(_block.Rows, took, time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(_block.FirstReceivedAt));
        }

        await RetryAsync(_ => SaveAsync(new WritePosition(segment.Id, _block.End.Offset, 0)), cancellationToken);
        _confirmed = _block.End;
        segments.Confirm(_block.End, _block.LastReceivedAt);
    }

    private Task SaveAsync(WritePosition position)
    {
        positions.Write(position);
        return Task.CompletedTask;
    }

    private async Task RetryAsync(Func<CancellationToken, Task> step, CancellationToken cancellationToken)
    {
        var backOff = new BackOff(options.MinBackOff, options.MaxBackOff);
        while (true)
        {
            try
            {
                await step(cancellationToken);
                return;
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                var pause = backOff.Next();
                Log.StepFailed(logger, e, pause);
                await Task.Delay(pause, time, cancellationToken);
            }
        }
    }
}
