using ClickHouse.Data;
using LifecycleMetrics.Lifecycle.Visits;
using LifecycleMetrics.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Lifecycle;

/// <summary>Lifecycle in the service collection.</summary>
public static class LifecycleRegistration
{
    /// <summary>
    /// Adds the <see cref="LifecycleRefresher"/> as a hosted service, also to be asked for by its type. The schema must
    /// have been migrated before the host starts; model files with faults stop the start and are all reported.
    /// </summary>
    public static IServiceCollection AddLifecycle(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSettings<LifecycleOptions>(configuration.GetSection(LifecycleOptions.Section)).ValidateDataAnnotations();
        services.AddSingleton<RefreshMetrics>();
        services.AddSingleton(provider => new LifecycleRefresher(
            provider.GetRequiredKeyedService<ClickHouseDataSource>(StorageUser.Writer),
            provider.GetRequiredService<IOptions<LifecycleOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<RefreshMetrics>(),
            provider.GetRequiredService<ILogger<LifecycleRefresher>>()));
        services.AddHostedService(provider => provider.GetRequiredService<LifecycleRefresher>());
        return services;
    }
}
