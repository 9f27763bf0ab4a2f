using System.Globalization;
using LifecycleMetrics.Ingest;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LifecycleMetrics.Server.Hosting;

/// <summary>Whether events are taken, and how much of them waits for ClickHouse.</summary>
internal sealed class IngestHealth(IngestReadiness ingest) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var waiting = string.Create(
            CultureInfo.InvariantCulture,
            $"{ingest.SpoolBytes} bytes wait in the spool, the oldest for {ingest.SpoolAge.TotalSeconds:0} s");
        return Task.FromResult(ingest.HasRoom
            ? HealthCheckResult.Healthy($"Events are taken; {waiting}")
            : HealthCheckResult.Unhealthy(ingest.IsSpoolGone
                ? $"The spool's directory is gone and events are answered with 429; {waiting}. " +
                  "It ends when the server is started again."
                : $"The spool or its disk is full and events are answered with 429; {waiting}. " +
                  "It ends by itself when ClickHouse takes rows or the disk has room."));
    }
}
