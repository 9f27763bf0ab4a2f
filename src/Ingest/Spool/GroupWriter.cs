using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace LifecycleMetrics.Ingest.Spool;

/// <summary>
/// Makes a group of batches safe on disk: de-duplicates them, writes them as frames of the current segment, syncs once.
/// Used by one thread; being the only one that adds, it makes "not seen before" and "written" one step.
/// </summary>
internal sealed class GroupWriter(
    SpoolOptions options,
    SegmentStore segments,
    EventIdWindow window,
    DeadLetters deadLetters,
    IDisk disk,
    TimeProvider time,
    IngestMetrics metrics,
    ILogger<GroupCommit> logger)
{
    private const int KeepBytes = 16 * 1024 * 1024;
    private static readonly TimeSpan OverflowInterval = TimeSpan.FromMinutes(1);

    private readonly ByteBuffer _frames = new();
    private readonly ByteBuffer _tail = new();
    private readonly ByteBuffer _refused = new();
    private SpoolSegment? _segment;
    private ulong _nextSequence;
    private long _overflow;
    private long _overflowLoggedAt;

    /// <summary>On return all of the group is safe on disk.</summary>
    /// <exception cref="IOException">It may not be. Nothing of the group may be acknowledged; none of its ids is remembered.</exception>
    public void Write(List<PendingBatch> group)
    {
        try
        {
            Append(group);
        }
        catch
        {
            foreach (var pending in group)
            {
                if (pending.IsRemembered)
                    window.Remove(CollectionsMarshal.AsSpan(pending.Batch.EventIds), pending.Duplicates);
            }

            Poison();
            throw;
        }
    }

    private void Append(List<PendingBatch> group)
    {
        _frames.Reset(KeepBytes);
        _refused.Reset(KeepBytes);
        _segment ??= Begin();
        var sequence = _nextSequence;
        foreach (var pending in group)
        {
            AppendFrame(pending, ref sequence);
            _refused.Write(pending.Batch.DeadLetters.Written);
        }

        deadLetters.Append(_refused.Written);
        if (_frames.Length == 0)
            return;

        var started = time.GetTimestamp();
        RandomAccess.Write(_segment.Handle, _frames.Written, _segment.DurableLength);
        disk.SyncData(_segment.Handle);
        metrics.Committed(_frames.Length, time.GetElapsedTime(started));

        _nextSequence = sequence;
        var end = _segment.DurableLength + _frames.Length;
        segments.Publish(_segment, end, group[0].Batch.ReceivedAt);
        if (end < options.SegmentBytes)
            return;
        segments.Seal(_segment);
        _segment = null;
    }

    private SpoolSegment Begin()
    {
        _nextSequence = 0;
        return segments.Create();
    }

    private void AppendFrame(PendingBatch pending, ref ulong sequence)
    {
        var batch = pending.Batch;
        if (batch.RowCount == 0)
            return;
        pending.IsRemembered = true;
        Forgot(window.Add(CollectionsMarshal.AsSpan(batch.EventIds), pending.Duplicates));
        if (pending.Duplicates.Count == batch.RowCount)
            return;

        _tail.Truncate(0);
        Frame.Write(_frames, _tail, batch, CollectionsMarshal.AsSpan(pending.Duplicates), sequence);
        _frames.Write(batch.Body.Written);
        _frames.Write(_tail.Written);
        sequence += (ulong)batch.RowCount;
    }

    private void Forgot(int ids)
    {
        _overflow += ids;
        if (_overflow == 0 || (_overflowLoggedAt != 0 && time.GetElapsedTime(_overflowLoggedAt) < OverflowInterval))
            return;
        Log.WindowOverflow(logger, _overflow);
        _overflow = 0;
        _overflowLoggedAt = Math.Max(1, time.GetTimestamp());
    }

    // After a failed sync nobody knows what of the file is on disk; what was acknowledged before stays readable, sealing
    // cuts off the rest.
    private void Poison()
    {
        if (_segment is not { } segment)
            return;
        _segment = null;
        segments.Seal(segment);
    }
}
