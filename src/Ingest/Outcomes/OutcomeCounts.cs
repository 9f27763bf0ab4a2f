using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LifecycleMetrics.Ingest.Outcomes;

/// <summary>
/// Counts what becomes of events while this process runs. A request costs one lock and one addition for each kind of outcome in it.
/// </summary>
internal sealed class OutcomeCounts(TimeProvider time)
{
    // A count may still grow this long after its minute; then it is forgotten once it is written.
    private const int KeepMinutes = 2;

    private readonly Lock _gate = new();
    private readonly Dictionary<OutcomeKey, Count> _counts = [];
    private long _lastForgotten;

    /// <summary>Id of this run: of two runs none has the same.</summary>
    public string RunId { get; } = Guid.CreateVersion7().ToString("N");

    /// <summary>Counts the events of a request.</summary>
    public void Add(IngestSource source, IngestReceipt receipt)
    {
        lock (_gate)
        {
            var minute = Minute();
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
            return [.. _counts.Where(count => !count.Value.IsWritten).Select(count => new OutcomeCount(RunId, count.Key, count.Value.Events))];
    }

    /// <summary>To be called when counts are written; those that have grown since stay unwritten.</summary>
    public void Written(IEnumerable<OutcomeCount> written)
    {
        lock (_gate)
        {
            var oldest = Minute() - KeepMinutes;
            foreach (var count in written)
            {
                ref var known = ref CollectionsMarshal.GetValueRefOrNullRef(_counts, count.Key);
                if (!Unsafe.IsNullRef(ref known))
                    known.Written = count.Events;
            }

            foreach (var (key, _) in _counts.Where(count => count.Key.Minute < oldest && count.Value.IsWritten).ToArray())
            {
                _counts.Remove(key);
                _lastForgotten = Math.Max(_lastForgotten, key.Minute);
            }
        }
    }

    // What an event names is what it is stored under, so that accepted and stored events of a source are the same.
    private static IReadOnlyList<SourceReceipt> PartsOf(IngestSource source, IngestReceipt receipt) =>
        receipt.Sources.Count > 0 ? receipt.Sources : [new SourceReceipt(source.Source, receipt.Accepted, receipt.Duplicates)];

    private void Add(OutcomeKey key, long events)
    {
        if (events != 0)
            CollectionsMarshal.GetValueRefOrAddDefault(_counts, key, out _).Events += events;
    }

    // Not a minute whose counts are forgotten, where a clock that was set back may be: it would begin anew at 0, and the higher
    // count that is written already would hold.
    private long Minute() => Math.Max(time.GetUtcNow().ToUnixTimeSeconds() / 60, _lastForgotten + 1);

    /// <summary>Events so far, and those of them that are written.</summary>
    [StructLayout(LayoutKind.Auto)]
    private struct Count
    {
        public long Events;
        public long Written;

        public readonly bool IsWritten => Events == Written;
    }
}
