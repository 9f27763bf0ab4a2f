using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace LifecycleMetrics.Ingest.Tests.Support;

/// <summary>The refused requests that a server counts while this lives.</summary>
internal sealed class Refusals : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string? Code, string? Key)> _counted = new();

    public Refusals(IngestServer server)
    {
        // Other tests run beside this one, each with its own meters.
        var scope = server.Services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, it) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, scope)
                && string.Equals(instrument.Name, "lifecycle.ingest.requests.refused", StringComparison.Ordinal))
                it.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
            _counted.Enqueue((tags[0].Value?.ToString(), tags[1].Value?.ToString())));
        _listener.Start();
    }

    public IReadOnlyList<(string? Code, string? Key)> Counted => [.. _counted];

    public void Dispose() => _listener.Dispose();
}
