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

    public static IServiceCollection AddMetricsEndpoint(this IServiceCollection services)
    {
        services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(Meters)
            .AddView(instrument => LeftOut.Contains(instrument.Name) ? MetricStreamConfiguration.Drop : null)
            .AddPrometheusExporter());
        return services;
    }

    public static void MapMetricsEndpoint(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPrometheusScrapingEndpoint("/metrics");
}
