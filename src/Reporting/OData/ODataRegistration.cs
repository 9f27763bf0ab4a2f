using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Reporting.OData;

/// <summary>Composition of the OData service under <c>/odata</c>.</summary>
public static class ODataRegistration
{
    public static IServiceCollection AddOData(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ODataOptions>().Bind(configuration.GetSection(ODataOptions.Section)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ODataOptions>, ODataOptionsValidator>());
        return services;
    }

    public static IEndpointRouteBuilder MapOData(this IEndpointRouteBuilder endpoints) => endpoints;
}
