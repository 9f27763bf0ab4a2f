namespace LifecycleMetrics.Ingest.Outcomes;

/// <summary>What became of an event; the numbers are those of the column <c>outcome</c>.</summary>
internal enum EventOutcome : byte
{
    Accepted = 1,
    Duplicate = 2,
    Rejected = 3,
}
