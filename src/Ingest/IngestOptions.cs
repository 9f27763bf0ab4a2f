using LifecycleMetrics.Ingest.Importing;
using LifecycleMetrics.Ingest.Receiving;
using LifecycleMetrics.Ingest.Spool;
using LifecycleMetrics.Ingest.Traffic;
using LifecycleMetrics.Ingest.Writing;

namespace LifecycleMetrics.Ingest;

/// <summary>Settings of the section <c>Ingest</c>.</summary>
public sealed class IngestOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Ingest";

    /// <summary>Directory of the dead letters and of the spool's directory. Default: <c>data</c>.</summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary>Largest event in bytes of JSON. A larger one is rejected with <c>event_too_large</c>.</summary>
    public int MaxEventBytes { get; set; } = 32 * 1024;

    /// <summary>Largest request body in bytes, as sent and after decompression. A larger one is answered with 400.</summary>
    public int MaxBatchBytes { get; set; } = 500 * 1024;

    /// <summary>Most events in one request. A request with more is answered with 400.</summary>
    public int MaxBatchEvents { get; set; } = 2_500;

    /// <summary>
    /// Most bytes that the <c>context</c> of a batch may take when it is stored with each of its events. A batch above it is
    /// answered with 400.
    /// </summary>
    public int MaxBatchContextBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>
    /// Bytes that the bodies being read and committed may take together. A request that would exceed it is answered with 429.
    /// </summary>
    public long MaxReadingBytes { get; set; } = 256 * 1024 * 1024;

    /// <summary>Deepest nesting of an event. A deeper one is rejected with <c>too_deep</c>.</summary>
    public int MaxEventDepth { get; set; } = 32;

    /// <summary>
    /// Difference of <c>sentAt</c> and the time of receipt up to which the sender's clock is taken to be right.
    /// Beyond it the event's timestamp is moved by the difference.
    /// </summary>
    public TimeSpan ClockSkewTolerance { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How far in the future an event may lie. One that lies further gets the time of receipt.</summary>
    public TimeSpan MaxFuture { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>ISO 4217 code of amounts that come without a currency.</summary>
    public string DefaultCurrency { get; set; } = "USD";

    /// <summary>Parts of a user agent that mark an event as sent by a machine; letter case is ignored.</summary>
    public IList<string> BotUserAgents { get; set; } = [];

    /// <summary>Which events are flagged as a machine's, an employee's or a trial's.</summary>
    public TrafficOptions Traffic { get; set; } = new();

    /// <summary>Write keys that may send. None: every request is answered with 401.</summary>
    public IList<WriteKeyOptions> Keys { get; set; } = [];

    /// <summary>The log on disk between receipt and ClickHouse.</summary>
    public SpoolOptions Spool { get; set; } = new();

    /// <summary>Directory of the segments.</summary>
    internal string SpoolDirectory =>
        Spool.Directory.Length > 0 ? Spool.Directory : Path.Combine(DataDirectory, "spool");

    /// <summary>Which event ids are remembered to recognise a resend.</summary>
    public DeduplicationOptions Deduplication { get; set; } = new();

    /// <summary>Limits of imports.</summary>
    public ImportOptions Import { get; set; } = new();

    /// <summary>Directory of the maps that imports name.</summary>
    internal string ImportMapsDirectory =>
        Import.MapsDirectory.Length > 0 ? Import.MapsDirectory : Path.Combine(DataDirectory, "import-maps");

    /// <summary>How often the counts of accepted, duplicate and rejected events go to ClickHouse.</summary>
    public TimeSpan OutcomeInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How rows go to ClickHouse.</summary>
    public WriterOptions Writer { get; set; } = new();
}
