namespace LifecycleMetrics.Ingest;

/// <summary>Who sends: the identity behind a valid write key, or an import.</summary>
/// <param name="KeyId">Id of the write key; stored with each event and in dead letters.</param>
/// <param name="Source">Source name given to the events.</param>
/// <param name="Trusted">True if events may name another source in <c>context.source</c>.</param>
public sealed record IngestSource(string KeyId, string Source, bool Trusted = false);
