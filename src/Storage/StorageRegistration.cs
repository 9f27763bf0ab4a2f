using ClickHouse.Data;
using LifecycleMetrics.Storage.Health;
using LifecycleMetrics.Storage.Ledger;
using LifecycleMetrics.Storage.Schema;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Storage;

/// <summary>Storage in the service collection.</summary>
public static class StorageRegistration
{
    /// <summary>Adds a <see cref="ClickHouseDataSource"/> for each <see cref="StorageUser"/> (keyed), the migrator and the readiness check.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSettings<StorageOptions>(configuration.GetSection(StorageOptions.Section))
            .Validate(o => o.ConnectionString.Length > 0, "ClickHouse:ConnectionString is empty and no embedded engine was started.");
        services.AddSettings<ReportSettings>(configuration.GetSection(ReportSettings.Section));
        services.AddSingleton<IValidateOptions<ReportSettings>, ReportSettingsValidation>();
        foreach (var user in Enum.GetValues<StorageUser>())
            services.AddKeyedSingleton(user, (provider, key) => Open(provider, (StorageUser)key!));
        // Whoever asks for no user in particular is a part that writes.
        services.AddSingleton(provider => provider.GetRequiredKeyedService<ClickHouseDataSource>(StorageUser.Writer));
        services.AddSingleton<SchemaMigrator>();
        services.AddSingleton<ClickHouseReadiness>();
        services.AddSingleton<PublicationLedger>();
        return services;
    }

    private static ClickHouseDataSource Open(IServiceProvider provider, StorageUser user) =>
        new(provider.GetRequiredService<IOptions<StorageOptions>>().Value.For(user));
}
