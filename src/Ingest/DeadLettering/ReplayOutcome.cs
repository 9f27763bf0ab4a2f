namespace LifecycleMetrics.Ingest.DeadLettering;

/// <summary>What became of a dead letter that was replayed.</summary>
public enum ReplayOutcome
{
    /// <summary>It is safe on disk as an event now.</summary>
    Accepted,

    /// <summary>Its event was there already.</summary>
    Duplicate,

    /// <summary>It was refused again, and lies in the dead letters once more.</summary>
    Refused,
}
