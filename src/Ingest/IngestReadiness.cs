using LifecycleMetrics.Ingest.Spool;

namespace LifecycleMetrics.Ingest;

/// <summary>Whether events are taken, and how far the way to ClickHouse has come; for readiness checks.</summary>
public sealed class IngestReadiness
{
    private readonly GroupCommit _commit;
    private readonly SegmentStore _segments;
    private readonly EventIdWindow _window;

    internal IngestReadiness(GroupCommit commit, SegmentStore segments, EventIdWindow window)
    {
        _commit = commit;
        _segments = segments;
        _window = window;
    }

    /// <summary>False while requests are answered with 429 for want of room in the spool or on the disk.</summary>
    public bool HasRoom => _commit.HasRoom;

    /// <summary>True once the directory of the spool was found to be removed: there is no room until the server is started again.</summary>
    public bool IsSpoolGone => _commit.IsSpoolGone;

    /// <summary>True once the event ids of ClickHouse are known; writing begins then. Events are taken before, too.</summary>
    public bool IsWriting => _window.IsLoaded;

    /// <summary>Bytes in the spool that ClickHouse does not have yet.</summary>
    public long SpoolBytes => _segments.UnconfirmedBytes;

    /// <summary>How long the oldest of them has been waiting, at most.</summary>
    public TimeSpan SpoolAge => _segments.Age;
}
