namespace LifecycleMetrics.Ingest.Importing.Resuming;

/// <summary>What is kept of an import, from its first request on.</summary>
internal sealed record ImportState
{
    /// <summary>Id the sender gave, or was given.</summary>
    public required string Id { get; init; }

    /// <summary>Write key it belongs to; ids of different keys have nothing to do with each other.</summary>
    public required string KeyId { get; init; }

    public required string Source { get; init; }

    public required ImportFormat Format { get; init; }

    /// <summary>Hash of what decides which events come of a text: it can't change between attempts.</summary>
    public required string Plan { get; init; }

    public ImportStatus Status { get; init; }

    /// <summary>Why it failed, or empty.</summary>
    public string ErrorCode { get; init; } = "";

    public string ErrorMessage { get; init; } = "";

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    public ImportPosition Position { get; init; } = ImportPosition.Beginning;

    public long Lines { get; init; }

    public long Events { get; init; }

    public long Accepted { get; init; }

    public long Duplicates { get; init; }

    public IReadOnlyDictionary<string, long> RejectedByReason { get; init; } = new Dictionary<string, long>();

    /// <summary>Length of the rejects file at the position.</summary>
    public long RejectsBytes { get; init; }

    public ImportState With(ImportCounts counts) => this with
    {
        Lines = counts.Lines,
        Events = counts.Events,
        Accepted = counts.Accepted,
        Duplicates = counts.Duplicates,
        RejectedByReason = counts.RejectedByReason.ToDictionary(),
    };

    public ImportCounts Counts()
    {
        var counts = new ImportCounts { Lines = Lines, Events = Events, Accepted = Accepted, Duplicates = Duplicates };
        foreach (var (reason, count) in RejectedByReason)
            counts.Reject(reason, count);
        return counts;
    }
}
