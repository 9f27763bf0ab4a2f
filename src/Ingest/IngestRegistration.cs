using ClickHouse.Data;
using LifecycleMetrics.Ingest.DeadLettering;
using LifecycleMetrics.Ingest.Importing.Http;
using LifecycleMetrics.Ingest.Limits;
using LifecycleMetrics.Ingest.Outcomes;
using LifecycleMetrics.Ingest.Receiving;
using LifecycleMetrics.Ingest.Spool;
using LifecycleMetrics.Ingest.Traffic;
using LifecycleMetrics.Ingest.Validation;
using LifecycleMetrics.Ingest.Writing;
using LifecycleMetrics.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Ingest;

/// <summary>Adds and maps event ingest.</summary>
public static class IngestRegistration
{
    private static readonly (string Path, EventType Type)[] Paths =
    [
        ("track", EventType.Track), ("t", EventType.Track),
        ("identify", EventType.Identify), ("i", EventType.Identify),
        ("page", EventType.Page), ("p", EventType.Page),
        ("screen", EventType.Screen), ("s", EventType.Screen),
        ("group", EventType.Group), ("g", EventType.Group),
        ("alias", EventType.Alias), ("a", EventType.Alias),
        ("batch", EventType.Unknown), ("b", EventType.Unknown),
    ];

    /// <summary>
    /// Adds the spool, its writer and <see cref="IIngest"/>, set up by the section <c>Ingest</c>. They run while the host
    /// runs, and write with the <see cref="StorageUser.Writer"/> of storage.
    /// </summary>
    public static IServiceCollection AddIngest(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<IngestOptions>(configuration.GetSection(IngestOptions.Section));
        services.AddSingleton<IValidateOptions<IngestOptions>, IngestOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton<IngestMetrics>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<IngestOptions>>().Value);
        AddSpool(services);
        AddWriting(services);
        services.AddImports();
        services.AddSingleton<OutcomeCounts>();
        services.AddSingleton(provider => new OutcomeTable(Writer(provider)));
        services.AddSingleton(provider => new OutcomeFile(
            provider.GetRequiredService<IngestOptions>().DataDirectory, provider.GetRequiredService<IDisk>()));
        services.AddHostedService<OutcomeWriter>();
        services.AddSingleton<DeadLetterReplay>();
        services.AddSingleton<ReplayEndpoint>();

        services.AddCors();
        services.AddSingleton<ConfiguredWriteKeys>();
        services.AddSingleton<WriteKeyCheck>();
        services.AddSingleton<Admission>();
        services.AddSingleton<ReadingRoom>();
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IngestOptions>();
            return new TrafficRules(options.Traffic, options.BotUserAgents);
        });
        services.AddSingleton<IngestPipeline>();
        services.AddSingleton<IIngest>(provider => provider.GetRequiredService<IngestPipeline>());
        services.AddSingleton<IngestEndpoint>();
        services.AddSingleton<CostEndpoint>();
        services.AddSingleton(provider => new IngestReadiness(
            provider.GetRequiredService<GroupCommit>(),
            provider.GetRequiredService<SegmentStore>(),
            provider.GetRequiredService<EventIdWindow>()));
        services.AddHostedService<IngestService>();
        return services;
    }

    /// <summary>Lets browsers send from the origins that write keys allow. Stands before routing.</summary>
    public static IApplicationBuilder UseIngest(this IApplicationBuilder app)
    {
        app.UseBrowserAccess();
        return app;
    }

    /// <summary>Maps the tracking API, <c>POST /v1/track</c> and its siblings, and <c>POST /v1/costs</c>.</summary>
    public static IEndpointRouteBuilder MapIngest(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/v1").WithTags("Ingest");
        foreach (var (path, type) in Paths)
            group.MapShort<IngestEndpoint>(path, (endpoint, context) => endpoint.HandleAsync(context, type));
        group.MapShort<CostEndpoint>("costs", (endpoint, context) => endpoint.HandleAsync(context));
        endpoints.MapImports();
        group.MapPost("deadletters/replay", (HttpContext context, ReplayEndpoint endpoint) => endpoint.HandleAsync(context))
            .WithName("deadletters-replay")
            .AllowAnonymous();
        return endpoints;
    }

    // Write keys are no matter of the server's authentication, so requests go from routing straight to their endpoint.
    private static void MapShort<TEndpoint>(
        this RouteGroupBuilder group, string path, Func<TEndpoint, HttpContext, Task> handle)
        where TEndpoint : notnull
    {
        TEndpoint? endpoint = default;
        Task Handle(HttpContext context) =>
            handle(endpoint ??= context.RequestServices.GetRequiredService<TEndpoint>(), context);
        group.MapPost(path, (Delegate)Handle).WithName($"ingest-{path}").AllowAnonymous().ShortCircuit();
    }

    private static void AddSpool(IServiceCollection services)
    {
        services.TryAddSingleton<IDisk, Disk>();
        services.AddSingleton(provider => new DeadLetters(
            Path.Combine(provider.GetRequiredService<IngestOptions>().DataDirectory, "dead-letters"),
            provider.GetRequiredService<IDisk>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new EventIdWindow(
            provider.GetRequiredService<IngestOptions>().Deduplication, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new SegmentStore(
            provider.GetRequiredService<IngestOptions>().SpoolDirectory,
            provider.GetRequiredService<IngestOptions>().Spool.SegmentBytes,
            provider.GetRequiredService<IDisk>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IngestMetrics>(),
            provider.GetRequiredService<ILogger<SegmentStore>>()));
        services.AddSingleton(provider =>
            ActivatorUtilities.CreateInstance<GroupCommit>(provider, provider.GetRequiredService<IngestOptions>().Spool));
    }

    private static void AddWriting(IServiceCollection services)
    {
        services.TryAddSingleton<ITouchpointTable>(provider => new ClickHouseTouchpointTable(Writer(provider)));
        services.AddSingleton(provider => new ReceivedCounts(Writer(provider), provider.GetRequiredService<ILogger<ReceivedCounts>>()));
        services.AddSingleton(provider => new CampaignCostTable(Writer(provider)));
        services.AddSingleton(provider => new PositionFile(
            provider.GetRequiredService<IngestOptions>().SpoolDirectory, provider.GetRequiredService<IDisk>()));
        services.AddSingleton(provider =>
            ActivatorUtilities.CreateInstance<BlockInsert>(provider, provider.GetRequiredService<IngestOptions>().Writer));
        services.AddSingleton(provider =>
            ActivatorUtilities.CreateInstance<SpoolWriter>(provider, provider.GetRequiredService<IngestOptions>().Writer));
    }

    private static ClickHouseDataSource Writer(IServiceProvider provider) =>
        provider.GetRequiredKeyedService<ClickHouseDataSource>(StorageUser.Writer);
}
