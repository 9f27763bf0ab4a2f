using LifecycleMetrics.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Reporting.Access;

/// <summary>
/// Composition of read access. Other places that know keys are added by registering an <see cref="IReadKeys"/>.
/// </summary>
public static class ReadAccess
{
    /// <summary>Name of the authentication scheme and of the authorization policy.</summary>
    public const string Scheme = "ReadKey";

    internal const string ScopeClaim = "scope";

    public static IServiceCollection AddReadAccess(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<ReadKeyOptions>(configuration.GetSection(ReadKeyOptions.Section));
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<ReadKeyOptions>, ReadKeyOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IReadKeys, ConfiguredReadKeys>());
        // The core alone: AddAuthentication would also create data protection keys, which nothing here uses.
        services.AddAuthenticationCore(authentication => authentication.AddScheme<ReadKeyAuthentication>(Scheme, null));
        services.AddWebEncoders();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddTransient<ReadKeyAuthentication>();
        // These messages hold the whole URL, and with it a key that came as ?apikey=.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning));
        services.AddAuthorizationBuilder().AddPolicy(Scheme, policy => policy
            .AddAuthenticationSchemes(Scheme)
            .RequireRole(nameof(ReadScope.Read), nameof(ReadScope.Admin)));
        return services;
    }

    /// <summary>Lets only requests with a valid read key through; the others get 401 and a Basic challenge.</summary>
    public static TBuilder RequireReadKey<TBuilder>(this TBuilder endpoints) where TBuilder : IEndpointConventionBuilder =>
        endpoints.RequireAuthorization(Scheme);
}
