namespace LifecycleMetrics.Ingest.Importing;

/// <summary>Limits of the import, section <c>Ingest:Import</c>.</summary>
public sealed class ImportOptions
{
    /// <summary>Longest record in characters. A longer one is rejected with <c>line_too_long</c>.</summary>
    public int MaxLineLength { get; set; } = 64 * 1024;

    /// <summary>
    /// Orders that are put together in memory at the same time. Beyond it they go to temporary files, so that a file of any
    /// size can be imported whatever the order of its lines.
    /// </summary>
    public int MaxOpenOrders { get; set; } = 250_000;

    /// <summary>Events handed over at a time.</summary>
    public int BatchEvents { get; set; } = 500;

    /// <summary>Bytes handed over at a time; must not exceed the limit of a request body.</summary>
    public int BatchBytes { get; set; } = 400 * 1024;
}
