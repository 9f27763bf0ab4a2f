namespace LifecycleMetrics.Ingest.Spool;

/// <summary>Settings of the section <c>Ingest:Deduplication</c>.</summary>
public sealed class DeduplicationOptions
{
    /// <summary>How long an event id is remembered. A resend that comes later is stored as a second row and merged on read.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Most ids remembered, 21 to 34 bytes each. Above it the oldest are forgotten and a warning logged.</summary>
    public int MaxIds { get; set; } = 10_000_000;
}
