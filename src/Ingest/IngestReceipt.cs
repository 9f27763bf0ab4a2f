namespace LifecycleMetrics.Ingest;

/// <summary>What became of the events of one request: accepted + rejected + duplicates = sent.</summary>
/// <param name="Accepted">Events that are safe on disk and will reach ClickHouse.</param>
/// <param name="Rejected">Events that were refused and lie in the dead letters.</param>
/// <param name="Duplicates">Events whose id was taken before.</param>
/// <param name="Errors">One entry per rejected event, by index in the request.</param>
public sealed record IngestReceipt(int Accepted, int Rejected, int Duplicates, IReadOnlyList<RejectedEvent> Errors)
{
    /// <summary>The accepted and the repeated by the source they name, if the sender may name others than its own; else empty.</summary>
    public IReadOnlyList<SourceReceipt> Sources { get; init; } = [];
}
