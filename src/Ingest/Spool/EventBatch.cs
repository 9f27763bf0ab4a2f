namespace LifecycleMetrics.Ingest.Spool;

/// <summary>What one request brought, ready for the disk: rows of the good events, lines of the bad ones. Reused.</summary>
internal sealed class EventBatch
{
    private const int KeepBytes = 2 * 1024 * 1024;

    /// <summary>Time of receipt in milliseconds since 1970.</summary>
    public long ReceivedAt { get; set; }

    /// <summary>The accepted events as RowBinary rows of <see cref="TouchpointColumns"/>, one after the other.</summary>
    public ByteBuffer Rows { get; } = new();

    /// <summary>Bytes of each row.</summary>
    public List<int> RowLengths { get; } = [];

    /// <summary>Hash of each row's event id.</summary>
    public List<UInt128> EventIds { get; } = [];

    /// <summary>The refused events as lines for the dead letters.</summary>
    public ByteBuffer DeadLetters { get; } = new();

    /// <summary>The refused events for the answer.</summary>
    public List<RejectedEvent> Errors { get; private set; } = [];

    /// <summary>Readies the batch for the next request; what was handed out in an answer stays as it is.</summary>
    public void Reset(long receivedAt)
    {
        ReceivedAt = receivedAt;
        Rows.Reset(KeepBytes);
        DeadLetters.Reset(KeepBytes);
        RowLengths.Clear();
        EventIds.Clear();
        if (Errors.Count > 0)
            Errors = [];
    }
}
