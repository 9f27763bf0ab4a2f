using LifecycleMetrics.Reporting.Dashboards.Access;
using LifecycleMetrics.Reporting.Dashboards.Definitions;
using LifecycleMetrics.Reporting.Dashboards.Pages;
using LifecycleMetrics.Reporting.Dashboards.Queries;
using LifecycleMetrics.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Reporting.Dashboards;

/// <summary>The dashboard viewer, composed. It needs Storage's read-only data source and read access.</summary>
public static class DashboardRegistration
{
    /// <summary>Where the viewer is.</summary>
    public const string Path = "/dashboards";

    public static IServiceCollection AddDashboards(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<DashboardOptions>(configuration.GetSection(DashboardOptions.Section));
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<DashboardOptions>, DashboardOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<DashboardCatalog>();
        services.AddSingleton<ViewerFiles>();
        services.AddSingleton<DashboardAccess>();
        services.AddSingleton<QueryRunner>();
        services.AddSingleton<AnswerCache>();
        services.AddSingleton<VariableResolver>();
        services.AddSingleton<PanelQuery>();
        return services;
    }

    /// <summary>Maps the viewer. Broken dashboard files end the start here.</summary>
    public static IEndpointRouteBuilder MapDashboards(this IEndpointRouteBuilder endpoints)
    {
        _ = endpoints.ServiceProvider.GetRequiredService<DashboardCatalog>();
        var group = endpoints.MapGroup(Path);
        group.MapPages();
        group.MapDashboardApi();
        group.MapGroup("api").MapSignIn();
        return endpoints;
    }
}
