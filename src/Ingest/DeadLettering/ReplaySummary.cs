namespace LifecycleMetrics.Ingest.DeadLettering;

/// <summary>What a replay did.</summary>
public sealed record ReplaySummary
{
    /// <summary>Dead letters that the filter means, those that came back from a replay left out.</summary>
    public long Found { get; set; }

    /// <summary>Passed over as they were replayed before.</summary>
    public long Skipped { get; set; }

    /// <summary>Passed over as only a row is kept of them, by an older version.</summary>
    public long WithoutEvent { get; set; }

    public long Accepted { get; set; }

    public long Duplicates { get; set; }

    public long Refused { get; set; }

    internal void Count(ReplayOutcome outcome)
    {
        Accepted += outcome == ReplayOutcome.Accepted ? 1 : 0;
        Duplicates += outcome == ReplayOutcome.Duplicate ? 1 : 0;
        Refused += outcome == ReplayOutcome.Refused ? 1 : 0;
    }
}
