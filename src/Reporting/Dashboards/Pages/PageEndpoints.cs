using LifecycleMetrics.Reporting.Dashboards.Definitions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LifecycleMetrics.Reporting.Dashboards.Pages;

/// <summary>Serves the viewer: one page for every address, and the files it names.</summary>
internal static class PageEndpoints
{
    /// <summary>
    /// Scripts come from this server alone and never from the page itself. Styles may stand in the page, because charts
    /// set them on their elements. Images are made of data when a panel is saved as PNG.
    /// </summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        + "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

    public static void MapPages(this IEndpointRouteBuilder endpoints)
    {
        var files = endpoints.ServiceProvider.GetRequiredService<ViewerFiles>();
        // Without the slash at its end, the page's relative addresses would be those of the parent folder.
        endpoints.MapGet("", (HttpContext context) => context.Request.Path.Value!.EndsWith('/')
            ? Page(context, files, StatusCodes.Status200OK)
            : Results.Redirect(context.Request.PathBase + DashboardRegistration.Path + "/" + context.Request.QueryString));
        endpoints.MapGet("{uid}", (string uid, HttpContext context, DashboardCatalog catalog) =>
            Page(context, files, catalog.Find(uid) is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK));
        endpoints.MapGet("assets/{**path}", (string path, HttpContext context) => Asset(context, files.Find("assets/" + path)));
    }

    private static IResult Page(HttpContext context, ViewerFiles files, int status)
    {
        if (files.Page is not { } page)
        {
            return Results.Text(
                "This program was built without the dashboard viewer. Build it again with npm at hand (Node.js 20.19 or later).",
                statusCode: StatusCodes.Status501NotImplemented);
        }

        context.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        context.Response.Headers["Referrer-Policy"] = "same-origin";
        context.Response.Headers.CacheControl = "no-cache";
        return new BytesResult(page, status);
    }

    private static IResult Asset(HttpContext context, ViewerFile? file)
    {
        if (file is null)
            return Results.NotFound();
        // The name holds a hash of the content.
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return new BytesResult(file, StatusCodes.Status200OK);
    }
}
