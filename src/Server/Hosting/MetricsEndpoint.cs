using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;

namespace LifecycleMetrics.Server.Hosting;

/// <summary>/metrics: what every part measures, in the Prometheus text form or as OpenMetrics, as the scraper accepts.</summary>
internal static class MetricsEndpoint
{
    private static readonly string[] Meters =
    [
        "LifecycleMetrics.*", "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel",
    ];

    // Gauges whose names end as only histograms' may in Prometheus, and which tell an operator nothing.
    private static readonly string[] LeftOut = ["dotnet.assembly.count", "dotnet.process.cpu.count", "dotnet.timer.count"];

    // From a disk's sync to a rebuild; the library's own are made for milliseconds.
    private static readonly double[] Seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800];

    public static IServiceCollection AddMetricsEndpoint(this IServiceCollection services)
    {
        services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(Meters)
            .AddView(ViewOf)
            .AddPrometheusExporter());
        return services;
    }

    private static MetricStreamConfiguration? ViewOf(Instrument instrument) => instrument switch
    {
        _ when LeftOut.Contains(instrument.Name) => MetricStreamConfiguration.Drop,
        Histogram<double> { Unit: "s" } when instrument.Meter.Name.StartsWith("LifecycleMetrics.", StringComparison.Ordinal) =>
            new ExplicitBucketHistogramConfiguration { Boundaries = Seconds },
        _ => null,
    };

    public static void MapMetricsEndpoint(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPrometheusScrapingEndpoint("/metrics");
}
