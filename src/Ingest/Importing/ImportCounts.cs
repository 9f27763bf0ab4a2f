namespace LifecycleMetrics.Ingest.Importing;

/// <summary>What became of imported lines and of the events made of them.</summary>
public sealed class ImportCounts
{
    private readonly SortedDictionary<string, long> _rejectedByReason = new(StringComparer.Ordinal);

    /// <summary>Records read, header and empty lines left out.</summary>
    public long Lines { get; internal set; }

    /// <summary>Events made of them.</summary>
    public long Events { get; internal set; }

    /// <summary>Events taken.</summary>
    public long Accepted { get; internal set; }

    /// <summary>Events that were there already.</summary>
    public long Duplicates { get; internal set; }

    /// <summary>Lines and events refused.</summary>
    public long Rejected { get; private set; }

    /// <summary>Refused lines and events by reason code.</summary>
    public IReadOnlyDictionary<string, long> RejectedByReason => _rejectedByReason;

    internal void Reject(string reason, long count = 1)
    {
        Rejected += count;
        _rejectedByReason[reason] = _rejectedByReason.GetValueOrDefault(reason) + count;
    }

    /// <summary>The counts as they are now.</summary>
    internal ImportCounts Copy()
    {
        var copy = new ImportCounts { Lines = Lines, Events = Events, Accepted = Accepted, Duplicates = Duplicates };
        foreach (var (reason, count) in _rejectedByReason)
            copy.Reject(reason, count);
        return copy;
    }
}
