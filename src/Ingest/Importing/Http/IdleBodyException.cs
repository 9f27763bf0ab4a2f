namespace LifecycleMetrics.Ingest.Importing.Http;

/// <summary>Nothing more of a body came for too long.</summary>
internal sealed class IdleBodyException(TimeSpan limit) : IOException($"Nothing of the body came for {limit} (Ingest:Import:IdleTimeout).");
