namespace LifecycleMetrics.Ingest.Spool;

/// <summary>Settings of the section <c>Ingest:Spool</c>.</summary>
public sealed class SpoolOptions
{
    /// <summary>Directory of the segments; empty: <c>spool</c> in <see cref="IngestOptions.DataDirectory"/>.</summary>
    public string Directory { get; set; } = "";

    /// <summary>Bytes the spool may hold. At the limit requests are answered with 429 until ClickHouse has taken rows.</summary>
    public long MaxBytes { get; set; } = 4L * 1024 * 1024 * 1024;

    /// <summary>Bytes that stay free on the disk. Below it requests are answered with 429.</summary>
    public long ReservedDiskBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>Size at which a segment is closed and the next one begun; the unit in which disk space comes back. At most 1 GB.</summary>
    public long SegmentBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>Requests that may wait for the next commit. One more is answered with 429.</summary>
    public int MaxWaitingRequests { get; set; } = 1_024;

    /// <summary>Seconds a refused sender is asked to wait (the <c>Retry-After</c> of a 429), rounded up.</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(2);
}
