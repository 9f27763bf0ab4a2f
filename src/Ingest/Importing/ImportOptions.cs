namespace LifecycleMetrics.Ingest.Importing;

/// <summary>Limits of the import, section <c>Ingest:Import</c>.</summary>
public sealed record ImportOptions
{
    /// <summary>Longest line in bytes. A longer one is rejected with <c>line_too_long</c>.</summary>
    public int MaxLineLength { get; set; } = 64 * 1024;

    /// <summary>
    /// Orders that are put together in memory at the same time. Beyond it they go to temporary files, so that a file of any
    /// size can be imported whatever the order of its lines.
    /// </summary>
    public int MaxOpenOrders { get; set; } = 250_000;

    /// <summary>Events handed over at a time; must not exceed <see cref="IngestOptions.MaxBatchEvents"/>.</summary>
    public int BatchEvents { get; set; } = 2_000;

    /// <summary>Bytes handed over at a time; must not exceed <see cref="IngestOptions.MaxBatchBytes"/>.</summary>
    public int BatchBytes { get; set; } = 400 * 1024;

    /// <summary>Batches on their way at the same time. More than the disk and the processors can take gain nothing.</summary>
    public int BatchesInFlight { get; set; } = 4;

    /// <summary>Imports over HTTP that may run at the same time; one more is answered with 429.</summary>
    public int MaxConcurrent { get; set; } = 4;

    /// <summary>Largest body of an import over HTTP in bytes, as sent. A larger one is answered with 400.</summary>
    public long MaxBodyBytes { get; set; } = 100L * 1024 * 1024 * 1024;

    /// <summary>
    /// How long nothing of a body may come before the import over HTTP is broken off and answered with 429. It goes on when the
    /// file is sent again.
    /// </summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often the position of an import over HTTP is made safe on disk. After a kill what came since is read again.</summary>
    public TimeSpan SaveInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Directory of the maps that requests name. Default: <c>import-maps</c> in the data directory.</summary>
    public string MapsDirectory { get; set; } = "";

    /// <summary>The same with batches that fit into one request.</summary>
    public ImportOptions Within(int maxBatchEvents, int maxBatchBytes) => this with
    {
        BatchEvents = Math.Min(BatchEvents, maxBatchEvents),
        BatchBytes = Math.Min(BatchBytes, maxBatchBytes),
    };
}
