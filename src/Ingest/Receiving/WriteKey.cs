using LifecycleMetrics.Ingest.Limits;
using Microsoft.AspNetCore.Http;

namespace LifecycleMetrics.Ingest.Receiving;

/// <summary>A write key that may send: as whom, from where, and how fast.</summary>
internal sealed class WriteKey(WriteKeyOptions options, TimeProvider time)
{
    private readonly bool _isLoopbackOnly = options.LoopbackOnly;

    public string Id { get; } = options.Id;

    public IngestSource Source { get; } = new(options.Id, options.Source, options.Trusted);

    /// <summary>The browser origins that may use the key.</summary>
    public AllowedOrigins Origins { get; } = new(options.AllowedOrigins);

    /// <summary>Its bound; null if it has none.</summary>
    public EventRate? Rate { get; } = options.MaxEventsPerSecond is { } perSecond
        ? new EventRate(perSecond, options.BurstEvents ?? perSecond, time)
        : null;

    public bool MayComeOver(ConnectionInfo connection) => !_isLoopbackOnly || connection.IsFromThisMachine();
}
