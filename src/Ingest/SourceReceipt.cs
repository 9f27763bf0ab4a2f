namespace LifecycleMetrics.Ingest;

/// <summary>What became of the events of one request that name one source.</summary>
/// <param name="Source">The source.</param>
/// <param name="Accepted">Events that are safe on disk.</param>
/// <param name="Duplicates">Events whose id was taken before.</param>
public sealed record SourceReceipt(string Source, int Accepted, int Duplicates);
