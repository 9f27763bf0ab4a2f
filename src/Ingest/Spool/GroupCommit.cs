using Microsoft.Extensions.Logging;

namespace LifecycleMetrics.Ingest.Spool;

/// <summary>
/// The way into the spool: all batches that wait are committed together, on one thread, and each is acknowledged only
/// after that.
/// </summary>
internal sealed class GroupCommit : IDisposable
{
    private const int MaxGroupBytes = 8 * 1024 * 1024;

    private readonly SpoolOptions _options;
    private readonly SegmentStore _segments;
    private readonly GroupWriter _writer;
    private readonly FreeSpace _freeSpace;
    private readonly IngestMetrics _metrics;
    private readonly ILogger<GroupCommit> _logger;
    private readonly CommitQueue _waiting;
    private readonly Thread _thread;
    private long _waitingBytes;

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
        _writer = new GroupWriter(options, segments, window, deadLetters, disk, time, metrics, logger);
        _freeSpace = new FreeSpace(segments.Directory, options.ReservedDiskBytes, disk, time, logger);
        _metrics = metrics;
        _logger = logger;
        _waiting = new CommitQueue(options.MaxWaitingRequests);
        _thread = new Thread(Run) { Name = "spool commit", IsBackground = true };
    }

    /// <summary>False while requests are refused for want of room.</summary>
    public bool HasRoom
    {
        get
        {
            var (stored, waiting) = (_segments.Bytes, Interlocked.Read(ref _waitingBytes));
            return stored + waiting < _options.MaxBytes && _freeSpace.IsEnoughFor(stored, waiting);
        }
    }

    /// <summary>True once the directory of the spool was found to be gone; requests are refused from then on.</summary>
    public bool IsSpoolGone => _freeSpace.IsGone;

    public void Start() => _thread.Start();

    /// <summary>
    /// Completes when the sealed batch is safe on disk, or could not be taken. The batch must not change until then.
    /// </summary>
    public Task<SpoolOutcome> AppendAsync(EventBatch batch)
    {
        if (batch.RowCount == 0 && batch.DeadLetters.Length == 0)
            return Task.FromResult(new SpoolOutcome(IsBusy: false, 0, []));
        if (!HasRoom)
            return Task.FromResult(SpoolOutcome.Busy);

        var pending = new PendingBatch(batch);
        Interlocked.Add(ref _waitingBytes, pending.Bytes);
        if (_waiting.TryAdd(pending))
            return pending.Outcome.Task;
        Interlocked.Add(ref _waitingBytes, -pending.Bytes);
        return Task.FromResult(SpoolOutcome.Busy);
    }

    /// <summary>Takes no more, commits what waits, and ends the thread.</summary>
    public void Stop()
    {
        _waiting.Complete();
        if (_thread.ThreadState.HasFlag(ThreadState.Unstarted))
            return;
        _thread.Join();
    }

    public void Dispose() => Stop();

    private void Run()
    {
        var waiting = new List<PendingBatch>();
        var group = new List<PendingBatch>();
        while (_waiting.TakeAll(ref waiting))
        {
            long bytes = 0;
            foreach (var pending in waiting)
            {
                group.Add(pending);
                bytes += pending.Bytes;
                if (bytes >= MaxGroupBytes)
                    CommitGroup(group, ref bytes);
            }

            CommitGroup(group, ref bytes);
            waiting.Clear();
        }
    }

    private void CommitGroup(List<PendingBatch> group, ref long bytes)
    {
        if (group.Count > 0)
            Commit(group);
        Interlocked.Add(ref _waitingBytes, -bytes);
        group.Clear();
        bytes = 0;
    }

    private void Commit(List<PendingBatch> group)
    {
        try
        {
            _writer.Write(group);
        }
        catch (Exception e)
        {
            // The thread must outlive every fault of the disk: the senders are told to come back, and the next group
            // tries a new segment.
            Log.CommitFailed(_logger, e, group.Count);
            _metrics.CommitFailed();
            foreach (var pending in group)
                pending.Outcome.TrySetResult(SpoolOutcome.Busy);
            return;
        }

        foreach (var pending in group)
        {
            var accepted = pending.Batch.RowCount - pending.Duplicates.Count;
            pending.Outcome.TrySetResult(new SpoolOutcome(IsBusy: false, accepted, pending.Duplicates));
        }
    }
}
