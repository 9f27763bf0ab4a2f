using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace LifecycleMetrics.Ingest.Spool;

/// <summary>Takes a frame, found intact.</summary>
internal delegate void FrameHandler(Frame frame);

/// <summary>
/// The segment files of the spool directory: found at start, begun, read in order, and deleted once ClickHouse has all of
/// their rows. One committer appends, one writer reads and confirms.
/// </summary>
internal sealed class SegmentStore(
    string directory, long segmentBytes, IDisk disk, TimeProvider time, IngestMetrics metrics, ILogger<SegmentStore> logger)
    : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<SpoolSegment> _segments = [];
    private readonly ConcurrentQueue<SpoolSegment> _done = new();
    private readonly DamagedBytes _damaged = new(directory, metrics, logger);
    private readonly SegmentFactory _factory = new(directory, segmentBytes, disk, time, logger);
    private DirectoryLock? _lock;
    private TaskCompletionSource _changed = NewSignal();

    public string Directory => directory;

    /// <summary>Bytes of all segments.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
                return _segments.Sum(segment => segment.DurableLength);
        }
    }

    /// <summary>Bytes of frames that ClickHouse does not have yet.</summary>
    public long UnconfirmedBytes
    {
        get
        {
            lock (_gate)
                return _segments.Sum(segment => segment.DurableLength - segment.ConfirmedLength);
        }
    }

    /// <summary>How long the oldest unconfirmed frame has been waiting, at most.</summary>
    public TimeSpan Age
    {
        get
        {
            lock (_gate)
            {
                var oldest = _segments.Find(segment => segment.DurableLength > segment.ConfirmedLength)?.OldestReceivedAt;
                var waited = time.GetUtcNow().ToUnixTimeMilliseconds() - oldest;
                return TimeSpan.FromMilliseconds(Math.Max(0, waited ?? 0));
            }
        }
    }

    /// <summary>The segments, oldest first.</summary>
    public IReadOnlyList<SpoolSegment> Segments
    {
        get
        {
            lock (_gate)
                return [.. _segments];
        }
    }

    /// <summary>
    /// Locks the directory and scans its segments: a torn end is cut off, other damage is copied to <c>damaged/</c>,
    /// reported and jumped over.
    /// </summary>
    /// <param name="onFrame">Receives each intact frame.</param>
    /// <exception cref="IOException">The directory is in use or can't be read.</exception>
    public void Open(FrameHandler onFrame)
    {
        System.IO.Directory.CreateDirectory(directory);
        _lock = new DirectoryLock(directory);
        var recovery = new SegmentRecovery(disk, _damaged, logger);
        foreach (var path in System.IO.Directory.GetFiles(directory, "*" + SpoolSegment.Extension).Order(StringComparer.Ordinal))
        {
            if (recovery.Recover(path, onFrame) is not { } segment)
                continue;
            _segments.Add(segment);
            _factory.ReserveIds(segment.Id);
            Confirm(segment, segment.FirstFrame);
        }

        DeleteDone();
        if (_segments.Count > 0)
            Log.SpoolRecovered(logger, _segments.Count, Bytes);
    }

    /// <summary>No segment begun from here on has this id or a lower one.</summary>
    public void ReserveIds(ulong lastUsed) => _factory.ReserveIds(lastUsed);

    /// <summary>Begins a segment.</summary>
    /// <exception cref="IOException">It could not be made safe on disk; there is no segment then.</exception>
    public SpoolSegment Create()
    {
        var segment = _factory.Take();
        lock (_gate)
            _segments.Add(segment);
        return segment;
    }

    /// <summary>Makes what was synced readable.</summary>
    public void Publish(SpoolSegment segment, long durableLength, long receivedAt)
    {
        lock (_gate)
        {
            if (segment.DurableLength == segment.ConfirmedLength)
                segment.OldestReceivedAt = receivedAt;
            segment.DurableLength = durableLength;
        }

        Signal();
    }

    /// <summary>Nothing will be appended to the segment any more.</summary>
    public void Seal(SpoolSegment segment)
    {
        lock (_gate)
        {
            segment.IsSealed = true;
            if (!DeleteIfDone(segment))
                CutBack(segment);
        }

        DeleteDone();
        Signal();
    }

    /// <summary>Reads the next frame, in order; false if all that is durable has been read.</summary>
    public bool TryRead(ref SpoolCursor cursor, ByteBuffer frame)
    {
        while (Next(ref cursor, out var segment, out var end))
        {
            if (segment.TryRead(cursor.Offset, end, frame))
            {
                cursor = cursor with { Offset = cursor.Offset + frame.Length };
                return true;
            }

            // It was intact when it was written or scanned.
            FindDamage(segment, cursor.Offset, end);
        }

        return false;
    }

    /// <summary>Completes when something has become durable, or a segment was sealed, after <paramref name="seen"/>.</summary>
    public async Task<bool> WaitAsync(Task seen, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            await seen.WaitAsync(timeout, time, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>The signal to hand to <see cref="WaitAsync"/>; take it before reading.</summary>
    public Task Changed
    {
        get
        {
            lock (_gate)
                return _changed.Task;
        }
    }

    /// <summary>ClickHouse has everything up to the cursor. Segments that are done with are deleted.</summary>
    /// <param name="cursor">After the last frame that ClickHouse has.</param>
    /// <param name="receivedAt">Time of receipt of that frame (ms since 1970).</param>
    public void Confirm(SpoolCursor cursor, long receivedAt)
    {
        if (cursor.Segment is not { } segment)
            return;
        lock (_gate)
        {
            segment.OldestReceivedAt = receivedAt;
            Confirm(segment, cursor.Offset);
        }

        DeleteDone();
    }

    /// <summary>Seals everything, deletes what is done with, and gives the directory up.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var segment in _segments.ToArray())
            {
                segment.IsSealed = true;
                if (!DeleteIfDone(segment))
                    CutBack(segment);
            }

            foreach (var segment in _segments)
                segment.Handle.Dispose();
            _segments.Clear();
        }

        DeleteDone();
        _factory.Dispose();
        _lock?.Dispose();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Signal()
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            changed = _changed;
            _changed = NewSignal();
        }

        changed.SetResult();
    }

    // Moves the cursor to the next place that may hold a frame.
    private bool Next(ref SpoolCursor cursor, out SpoolSegment segment, out long end)
    {
        lock (_gate)
        {
            if (cursor.Segment is null)
            {
                if (_segments.Count == 0)
                {
                    (segment, end) = (null!, 0);
                    return false;
                }

                cursor = new(_segments[0], _segments[0].ConfirmedLength);
            }

            while (true)
            {
                segment = cursor.Segment!;
                end = segment.DurableLength;
                if (segment.Damage.TryGetValue(cursor.Offset, out var resume))
                {
                    cursor = cursor with { Offset = resume };
                    continue;
                }

                if (cursor.Offset < end)
                    return true;
                var id = segment.Id;
                var next = _segments.Find(candidate => candidate.Id > id);
                if (!segment.IsSealed || next is null)
                    return false;
                cursor = new(next, next.FirstFrame);
            }
        }
    }

    // Damage has nothing to wait for: a segment that ends in it is done with when the frames before are.
    private void Confirm(SpoolSegment segment, long offset)
    {
        while (segment.Damage.TryGetValue(offset, out var resume))
            offset = resume;
        segment.ConfirmedLength = Math.Max(segment.ConfirmedLength, offset);
        DeleteIfDone(segment);
    }

    private bool DeleteIfDone(SpoolSegment segment)
    {
        if (!segment.IsSealed || segment.ConfirmedLength < segment.DurableLength || !_segments.Remove(segment))
            return false;
        _done.Enqueue(segment);
        return true;
    }

    // Deleting a large file takes its time; nobody else should have to wait for it.
    private void DeleteDone()
    {
        while (_done.TryDequeue(out var segment))
            segment.Delete();
    }

    // Beyond lies room that was set aside and is not needed any more, or what a failed sync left.
    private void CutBack(SpoolSegment segment)
    {
        try
        {
            RandomAccess.SetLength(segment.Handle, segment.DurableLength);
        }
        catch (IOException e)
        {
            // The next start cuts again. If frames stay behind, their events count as taken then, once.
            Log.NotCutBack(logger, e, segment.Path);
        }
    }

    private void FindDamage(SpoolSegment segment, long at, long end)
    {
        var file = segment.Read(end);
        var scan = SegmentScan.Of(file, segment.Id);
        var resume = scan?.Frames.Find(frame => frame > at) is { } next and > 0 ? next : end;
        _damaged.Keep(segment.Path, at, file.AsSpan((int)at..(int)resume));
        lock (_gate)
        {
            segment.Damage[at] = resume;
            Confirm(segment, segment.ConfirmedLength);
        }

        DeleteDone();
    }
}
