namespace LifecycleMetrics.Ingest.Spool;

/// <summary>
/// The batches that wait for the commit, which takes all of them at once. Nobody spins: on a small machine the turns
/// would be taken from those who bring the next batches.
/// </summary>
internal sealed class CommitQueue(int capacity)
{
    private readonly object _gate = new();
    private List<PendingBatch> _waiting = [];
    private bool _isComplete;

    /// <summary>False if the queue is full or complete.</summary>
    public bool TryAdd(PendingBatch batch)
    {
        lock (_gate)
        {
            if (_isComplete || _waiting.Count >= capacity)
                return false;
            _waiting.Add(batch);
            if (_waiting.Count == 1)
                Monitor.Pulse(_gate);
            return true;
        }
    }

    /// <summary>Waits for batches and takes all; false if the queue is complete and empty.</summary>
    /// <param name="batches">An empty list, given in exchange for the full one.</param>
    public bool TakeAll(ref List<PendingBatch> batches)
    {
        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                if (_isComplete)
                    return false;
                Monitor.Wait(_gate);
            }

            (batches, _waiting) = (_waiting, batches);
            return true;
        }
    }

    /// <summary>From here on nothing is added.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _isComplete = true;
            Monitor.Pulse(_gate);
        }
    }
}
