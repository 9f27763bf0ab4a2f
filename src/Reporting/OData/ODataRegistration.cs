using LifecycleMetrics.Reporting.Access;
using LifecycleMetrics.Reporting.OData.Answers;
using LifecycleMetrics.Reporting.OData.Paging;
using LifecycleMetrics.Reporting.OData.Querying;
using LifecycleMetrics.Reporting.OData.Schema;
using LifecycleMetrics.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.ResponseCompression;
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
        services.AddSettings<ODataOptions>(configuration.GetSection(ODataOptions.Section));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ODataOptions>, ODataOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<QueryRunner>();
        services.AddSingleton<PublishedViewReader>();
        services.AddSingleton<ODataModelBuilder>();
        services.AddSingleton<ODataModelSource>();
        services.AddSingleton<PageTokens>();
        services.AddSingleton<CollectionAnswer>();
        services.AddSingleton<EntityAnswer>();
        services.AddSingleton<ODataEndpoint>();
        return services;
    }

    public static IEndpointConventionBuilder MapOData(this IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        var pipeline = endpoints.CreateApplicationBuilder();
        // Compression here alone, and of JSON and XML only: the rest of the server keeps its own choice. An answer holds
        // no secret beside text of an attacker's choosing, so that compressing it under TLS gives nothing away.
        pipeline.UseMiddleware<ResponseCompressionMiddleware>(new ResponseCompressionProvider(services, Options.Create(
            new ResponseCompressionOptions { EnableForHttps = true, MimeTypes = ["application/json", "application/xml"] })));
        pipeline.Run(services.GetRequiredService<ODataEndpoint>().HandleAsync);
        return endpoints.Map(ServiceRoot.Path + "/{**path}", pipeline.Build())
            .RequireReadKey()
            .WithMetadata(new KeyInQuery())
            .WithDisplayName("OData");
    }
}
