namespace LifecycleMetrics.Ingest.Writing;

/// <summary>Settings of the section <c>Ingest:Writer</c>.</summary>
public sealed class WriterOptions
{
    /// <summary>Most rows in one insert.</summary>
    public int MaxBlockRows { get; set; } = 100_000;

    /// <summary>Most bytes in one insert; a single larger request still goes as one block.</summary>
    public int MaxBlockBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>
    /// Most of the time that is spent on inserting while blocks are not full, as a share: after an insert that took 20 ms, the next
    /// block takes events for 180 ms. Less makes inserts fewer and larger.
    /// </summary>
    public double InsertShare { get; set; } = 0.1;

    /// <summary>Longest an event waits for others to fill a block, however long inserts take.</summary>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>First pause after a failed insert; it doubles up to <see cref="MaxBackOff"/>.</summary>
    public TimeSpan MinBackOff { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest pause between two attempts.</summary>
    public TimeSpan MaxBackOff { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>At shutdown, longest time spent on bringing spooled rows to ClickHouse; the rest stays in the spool. At most the shutdown timeout of the host.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(20);
}
