using LifecycleMetrics.Ingest;
using LifecycleMetrics.Lifecycle;
using LifecycleMetrics.Reporting;
using LifecycleMetrics.Server.Configuration;
using LifecycleMetrics.Server.Demo;
using LifecycleMetrics.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Server.Hosting;

/// <summary>Composes the server: each part in the order in which an event meets it.</summary>
internal static class ServerApp
{
    public static WebApplication Build(ServerSettings settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddServerSettings(settings.Overrides);
        builder.WebHost.UseUrls(settings.Urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        AddParts(builder.Services, builder.Configuration, settings.Role);

        var app = builder.Build();
        // All sections at once, before the first part asks for its own.
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        app.UseSecurityHeaders();
        if (settings.Role.HasFlag(ServerRole.Ingest)) app.UseIngest();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        MapParts(app, settings.Role);
        return app;
    }

    private static void AddParts(IServiceCollection services, IConfiguration configuration, ServerRole role)
    {
        services.AddSingleton<IMemoryPoolFactory<byte>, SocketMemory>();
        services.AddHealth();
        services.AddMetricsEndpoint();
        services.AddOpenApi();
        services.AddStorage(configuration);
        services.AddHostedService<SchemaStart>();
        if (role.HasFlag(ServerRole.Ingest))
        {
            services.AddIngest(configuration);
            services.AddIngestHealth();
            services.AddLifecycle(configuration);
        }

        if (configuration.GetValue<bool>("Demo:ReadKey")) services.AddDemo(configuration);
        if (role.HasFlag(ServerRole.Reporting)) services.AddReporting(configuration);
        else services.AddAuthentication();
        services.AddAuthorization();
    }

    private static void MapParts(WebApplication app, ServerRole role)
    {
        app.MapHealth();
        app.MapMetricsEndpoint();
        app.MapOpenApi();
        if (role.HasFlag(ServerRole.Ingest)) app.MapIngest();
        if (!role.HasFlag(ServerRole.Reporting)) return;
        app.MapReporting();
        app.MapGet("/", () => Results.Redirect("/dashboards/"));
    }
}
