using LifecycleMetrics.Ingest.Columns;

namespace LifecycleMetrics.Ingest.Spool;

/// <summary>What one request brought, ready for the disk: rows of the good events, lines of the bad ones. Reused.</summary>
internal sealed class EventBatch
{
    private const int KeepBytes = 2 * 1024 * 1024;
    private const int BytesOfId = 16;
    private const int BytesOfError = 256;

    /// <summary>Memory it holds, about: the columns take as much again as what was made of them, and more for small ones.</summary>
    public long Bytes =>
        (3L * Body.Capacity) + DeadLetters.Capacity + ((long)BytesOfId * EventIds.Capacity) + ((long)BytesOfError * Errors.Count);

    /// <summary>Time of receipt in milliseconds since 1970.</summary>
    public long ReceivedAt { get; set; }

    /// <summary>The accepted events.</summary>
    public TouchpointRows Rows { get; } = new();

    /// <summary>Hash of each row's event id.</summary>
    public List<UInt128> EventIds { get; } = [];

    /// <summary>Source of each row, if the sender may name others than its own; else empty.</summary>
    public List<string> RowSources { get; } = [];

    public int RowCount => EventIds.Count;

    /// <summary>The rows as a frame holds them; filled by <see cref="Seal"/>.</summary>
    public ByteBuffer Body { get; } = new();

    /// <summary>CRC-32C of <see cref="Body"/>.</summary>
    public uint BodyChecksum { get; private set; }

    /// <summary>The refused events as lines for the dead letters.</summary>
    public ByteBuffer DeadLetters { get; } = new();

    /// <summary>The refused events for the answer.</summary>
    public List<RejectedEvent> Errors { get; private set; } = [];

    /// <summary>Writes the rows into <see cref="Body"/>; none are added from here on.</summary>
    public void Seal()
    {
        Rows.Write(Body);
        BodyChecksum = Crc32C.Of(Body.Written);
    }

    /// <summary>Readies the batch for the next request; what was handed out in an answer stays as it is.</summary>
    public void Reset(long receivedAt)
    {
        ReceivedAt = receivedAt;
        Rows.Reset();
        Body.Reset(KeepBytes);
        DeadLetters.Reset(KeepBytes);
        EventIds.Clear();
        RowSources.Clear();
        if (Errors.Count > 0)
            Errors = [];
    }
}
