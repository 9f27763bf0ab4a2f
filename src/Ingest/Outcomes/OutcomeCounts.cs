namespace LifecycleMetrics.Ingest.Outcomes;

/// <summary>
/// Counts what becomes of events while this process runs. A request costs one lock and one addition for each kind of outcome in it.
/// </summary>
internal sealed class OutcomeCounts(TimeProvider time)
{
    // A count may still grow this long after its minute; then it is forgotten once it is written.
    private const int KeepMinutes = 2;

    private readonly Lock _gate = new();
    private readonly Dictionary<OutcomeKey, long> _counts = [];
    private readonly HashSet<OutcomeKey> _unwritten = [];

    /// <summary>Id of this run: of two runs none has the same.</summary>
    public string RunId { get; } = Guid.CreateVersion7().ToString("N");

    /// <summary>Counts the events of a request.</summary>
    public void Add(IngestSource source, IngestReceipt receipt)
    {
        var minute = Minute();
        lock (_gate)
        {
            foreach (var part in PartsOf(source, receipt))
            {
                Add(new(minute, source.KeyId, part.Source, EventOutcome.Accepted, ""), part.Accepted);
                Add(new(minute, source.KeyId, part.Source, EventOutcome.Duplicate, ""), part.Duplicates);
            }

            foreach (var error in receipt.Errors)
                Add(new(minute, source.KeyId, error.Source ?? source.Source, EventOutcome.Rejected, error.Reason), 1);
        }
    }

    /// <summary>Counts an event that was refused by itself.</summary>
    public void AddRejected(string keyId, string source, string reason)
    {
        lock (_gate)
            Add(new(Minute(), keyId, source, EventOutcome.Rejected, reason), 1);
    }

    /// <summary>The counts that have grown since they were written.</summary>
    public List<OutcomeCount> Unwritten()
    {
        lock (_gate)
            return [.. _unwritten.Select(key => new OutcomeCount(RunId, key, _counts[key]))];
    }

    /// <summary>To be called when counts are written; those that have grown since stay unwritten.</summary>
    public void Written(IEnumerable<OutcomeCount> written)
    {
        var oldest = Minute() - KeepMinutes;
        lock (_gate)
        {
            foreach (var count in written)
            {
                if (_counts.GetValueOrDefault(count.Key) == count.Events)
                    _unwritten.Remove(count.Key);
            }

            foreach (var key in _counts.Keys.Where(key => key.Minute < oldest && !_unwritten.Contains(key)).ToArray())
                _counts.Remove(key);
        }
    }

    // What an event names is what it is stored under, so that accepted and stored events of a source are the same.
    private static IReadOnlyList<SourceReceipt> PartsOf(IngestSource source, IngestReceipt receipt) =>
        receipt.Sources.Count > 0 ? receipt.Sources : [new SourceReceipt(source.Source, receipt.Accepted, receipt.Duplicates)];

    private void Add(OutcomeKey key, long events)
    {
        if (events == 0)
            return;
        _counts[key] = _counts.GetValueOrDefault(key) + events;
        _unwritten.Add(key);
    }

    private long Minute() => time.GetUtcNow().ToUnixTimeSeconds() / 60;
}
