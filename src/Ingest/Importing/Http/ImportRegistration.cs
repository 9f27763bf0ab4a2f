using LifecycleMetrics.Ingest.Importing.Resuming;
using LifecycleMetrics.Ingest.Spool;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LifecycleMetrics.Ingest.Importing.Http;

/// <summary>Adds and maps imports over HTTP.</summary>
internal static class ImportRegistration
{
    public static void AddImports(this IServiceCollection services)
    {
        services.AddSingleton(provider => new ImportStore(
            Path.Combine(provider.GetRequiredService<IngestOptions>().DataDirectory, "imports"), provider.GetRequiredService<IDisk>()));
        services.AddSingleton(provider => new RunningImports(provider.GetRequiredService<IngestOptions>().Import));
        services.AddSingleton(provider => new ImportMaps(provider.GetRequiredService<IngestOptions>().ImportMapsDirectory));
        services.AddSingleton<ImportRequestReader>();
        services.AddSingleton<ImportJobs>();
        services.AddSingleton<ImportEndpoint>();
        services.AddSingleton<ImportStateEndpoint>();
    }

    public static void MapImports(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/v1/import").WithTags("Import");
        group.MapPost("", (HttpContext context, ImportEndpoint endpoint) => endpoint.HandleAsync(context))
            .WithName("import")
            .AllowAnonymous();
        group.MapGet("{id}", (HttpContext context, string id, ImportStateEndpoint endpoint) => endpoint.StateAsync(context, id))
            .WithName("import-state")
            .AllowAnonymous();
        group.MapGet("{id}/rejects", (HttpContext context, string id, ImportStateEndpoint endpoint) => endpoint.RejectsAsync(context, id))
            .WithName("import-rejects")
            .AllowAnonymous();
    }
}
