using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace LifecycleMetrics.Ingest.Spool;

/// <summary>
/// Appends batches to the spool on one thread: all that wait are de-duplicated, written and synced together, and each is
/// acknowledged only after that. Being the only one that adds, it makes "not seen before" and "written" one step.
/// </summary>
internal sealed class GroupCommit : IDisposable
{
    private const int MaxGroupBytes = 8 * 1024 * 1024;
    private static readonly TimeSpan FreeSpaceInterval = TimeSpan.FromMilliseconds(250);

    private readonly SpoolOptions _options;
    private readonly SegmentStore _segments;
    private readonly EventIdWindow _window;
    private readonly DeadLetters _deadLetters;
    private readonly IDisk _disk;
    private readonly TimeProvider _time;
    private readonly IngestMetrics _metrics;
    private readonly ILogger<GroupCommit> _logger;
    private readonly BlockingCollection<Pending> _waiting;
    private readonly Thread _thread;

    // Used by the committing thread alone.
    private readonly List<Pending> _group = [];
    private readonly ByteBuffer _bytes = new();
    private readonly ByteBuffer _refused = new();
    private readonly HashSet<UInt128> _groupIds = [];
    private readonly List<(List<UInt128> Ids, long ReceivedAt)> _added = [];
    private bool[] _isKept = new bool[256];
    private SpoolSegment? _segment;
    private ulong _nextSequence;

    private long _waitingBytes;
    private long _freeSpaceCheckedAt;
    private volatile bool _hasFreeSpace = true;

    public GroupCommit(
        SpoolOptions options,
        SegmentStore segments,
        EventIdWindow window,
        DeadLetters deadLetters,
        IDisk disk,
        TimeProvider time,
        IngestMetrics metrics,
        ILogger<GroupCommit> logger)
    {
        _options = options;
        _segments = segments;
        _window = window;
        _deadLetters = deadLetters;
        _disk = disk;
        _time = time;
        _metrics = metrics;
        _logger = logger;
        _waiting = new BlockingCollection<Pending>(options.MaxWaitingRequests);
        _thread = new Thread(Run) { Name = "spool commit", IsBackground = true };
    }

    /// <summary>False while requests are refused for want of room.</summary>
    public bool HasRoom
    {
        get
        {
            CheckFreeSpace();
            return _hasFreeSpace && _segments.Bytes + Interlocked.Read(ref _waitingBytes) < _options.MaxBytes;
        }
    }

    public void Start() => _thread.Start();

    /// <summary>Completes when the batch is safe on disk, or could not be taken. The batch must not change until then.</summary>
    public Task<SpoolOutcome> AppendAsync(EventBatch batch)
    {
        if (batch.RowLengths.Count == 0 && batch.DeadLetters.Length == 0)
            return Task.FromResult(default(SpoolOutcome));
        if (!HasRoom)
            return Task.FromResult(SpoolOutcome.Busy);

        var pending = new Pending(batch);
        Interlocked.Add(ref _waitingBytes, pending.Bytes);
        var isTaken = false;
        try
        {
            isTaken = _waiting.TryAdd(pending);
        }
        catch (InvalidOperationException)
        {
            // Stopping: the sender comes back to the next process.
        }

        if (isTaken)
            return pending.Outcome.Task;
        Interlocked.Add(ref _waitingBytes, -pending.Bytes);
        return Task.FromResult(SpoolOutcome.Busy);
    }

    /// <summary>Takes no more, commits what waits, and ends the thread.</summary>
    public void Stop()
    {
        _waiting.CompleteAdding();
        if (_thread.ThreadState.HasFlag(ThreadState.Unstarted))
            return;
        _thread.Join();
    }

    public void Dispose()
    {
        Stop();
        _waiting.Dispose();
    }

    private void Run()
    {
        while (!_waiting.IsCompleted)
        {
            if (!_waiting.TryTake(out var first, Timeout.Infinite))
                continue;
            Gather(first);
            Commit();
            foreach (var pending in _group)
                Interlocked.Add(ref _waitingBytes, -pending.Bytes);
        }
    }

    private void Gather(Pending first)
    {
        _group.Clear();
        _group.Add(first);
        var bytes = first.Bytes;
        while (bytes < MaxGroupBytes && _waiting.TryTake(out var next))
        {
            _group.Add(next);
            bytes += next.Bytes;
        }
    }

    private void Commit()
    {
        try
        {
            Append();
        }
        catch (Exception e)
        {
            // The thread must outlive every fault of the disk: the senders are told to come back, and the next group
            // tries a new segment.
            Log.CommitFailed(_logger, e, _group.Count);
            _metrics.CommitFailed();
            Poison();
            foreach (var pending in _group)
                pending.Outcome.TrySetResult(SpoolOutcome.Busy);
            return;
        }

        foreach (var pending in _group)
            pending.Outcome.TrySetResult(new SpoolOutcome(IsBusy: false, pending.Accepted, pending.Duplicates));
    }

    private void Append()
    {
        _bytes.Reset(MaxGroupBytes * 2);
        _refused.Reset(MaxGroupBytes);
        _groupIds.Clear();
        _added.Clear();
        _segment ??= Begin();
        var sequence = _nextSequence;
        foreach (var pending in _group)
        {
            AppendFrame(pending, ref sequence);
            _refused.Write(pending.Batch.DeadLetters.Written);
        }

        _deadLetters.Append(_refused.Written);
        if (_bytes.Length == 0)
            return;

        var started = _time.GetTimestamp();
        RandomAccess.Write(_segment.Handle, _bytes.Written, _segment.DurableLength);
        _disk.SyncData(_segment.Handle);
        _metrics.Committed(_bytes.Length, _time.GetElapsedTime(started));

        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var (ids, receivedAt) in _added)
        {
            if (_window.Add(CollectionsMarshal.AsSpan(ids), receivedAt, now) is > 0 and var forgotten)
                Log.WindowOverflow(_logger, forgotten);
        }

        _nextSequence = sequence;
        var end = _segment.DurableLength + _bytes.Length;
        _segments.Publish(_segment, end, sequence, _group[0].Batch.ReceivedAt);
        if (end < _options.SegmentBytes)
            return;
        _segments.Seal(_segment);
        _segment = null;
    }

    private SpoolSegment Begin()
    {
        _nextSequence = 0;
        return _segments.Create();
    }

    private void AppendFrame(Pending pending, ref ulong sequence)
    {
        var batch = pending.Batch;
        var rows = batch.RowLengths.Count;
        if (rows == 0)
            return;
        if (_isKept.Length < rows)
            _isKept = new bool[rows * 2];

        var kept = 0;
        var ids = new List<UInt128>(rows);
        for (var i = 0; i < rows; i++)
        {
            var id = batch.EventIds[i];
            _isKept[i] = !_window.Contains(id) && _groupIds.Add(id);
            if (!_isKept[i])
                continue;
            kept++;
            ids.Add(id);
        }

        pending.Accepted = kept;
        pending.Duplicates = rows - kept;
        if (kept == 0)
            return;
        Frame.Write(_bytes, batch, _isKept.AsSpan(0, rows), kept, sequence);
        _added.Add((ids, batch.ReceivedAt));
        sequence += (ulong)kept;
    }

    // After a failed sync nobody knows what of the file is on disk; what was acknowledged before stays readable, the rest goes.
    private void Poison()
    {
        if (_segment is not { } segment)
            return;
        _segment = null;
        try
        {
            RandomAccess.SetLength(segment.Handle, segment.DurableLength);
        }
        catch (IOException e)
        {
            // The frames beyond stay behind. At the next start their events count as taken, once.
            Log.PoisonedTailKept(_logger, e, segment.Path);
        }

        _segments.Seal(segment);
    }

    private void CheckFreeSpace()
    {
        var last = Interlocked.Read(ref _freeSpaceCheckedAt);
        if (last != 0 && _time.GetElapsedTime(last) < FreeSpaceInterval)
            return;
        if (Interlocked.CompareExchange(ref _freeSpaceCheckedAt, Math.Max(1, _time.GetTimestamp()), last) != last)
            return;
        var hasFreeSpace = _disk.FreeBytes(_segments.Directory) > _options.ReservedDiskBytes;
        if (hasFreeSpace != _hasFreeSpace)
            Log.FreeSpaceChanged(_logger, hasFreeSpace ? "has room again" : "is nearly full; senders are asked to wait", _segments.Directory);
        _hasFreeSpace = hasFreeSpace;
    }

    private sealed class Pending(EventBatch batch)
    {
        public EventBatch Batch => batch;

        public int Bytes { get; } = batch.Rows.Length + batch.DeadLetters.Length;

        public TaskCompletionSource<SpoolOutcome> Outcome { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Accepted { get; set; }

        public int Duplicates { get; set; }
    }
}
