using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LifecycleMetrics.Ingest.Receiving;

/// <summary>CORS for the tracking paths: lets pages of the origins that write keys allow send, and read the answers.</summary>
internal static class BrowserAccess
{
    /// <summary>
    /// Adds ASP.NET's CORS middleware, for requests of browsers only: others shall not pay for it. A preflight carries no key,
    /// so it is answered by what any key allows; whether the key that then comes allows the origin is the endpoint's to say.
    /// </summary>
    public static void UseBrowserAccess(this IApplicationBuilder app)
    {
        var services = app.ApplicationServices;
        app.UseWhen(
            context => context.Request.Headers.Origin.Count > 0 && IsTracking(context.Request.Path),
            tracking => tracking.UseCors(policy => policy
                .SetIsOriginAllowed(origin => services.GetRequiredService<ConfiguredWriteKeys>().AnyAllows(origin))
                .WithMethods(HttpMethods.Post)
                .AllowAnyHeader()
                .WithExposedHeaders("Retry-After")
                .SetPreflightMaxAge(TimeSpan.FromHours(1))));
    }

    // Costs are no business of a page.
    private static bool IsTracking(PathString path) =>
        path.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase)
        && !path.StartsWithSegments("/v1/costs", StringComparison.OrdinalIgnoreCase);
}
