using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace LifecycleMetrics.Reporting.Dashboards.Access;

/// <summary>Keeps a read key in a cookie of the browser, and forgets it.</summary>
internal static class SignInEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder api)
    {
        api.MapPost("sign-in", SignInAsync);
        api.MapPost("sign-out", (HttpContext context) =>
        {
            context.Response.Cookies.Delete(DashboardAccess.CookieName, CookieFor(context));
            return Results.NoContent();
        });
    }

    private static async Task<IResult> SignInAsync(
        SignInRequest request, HttpContext context, DashboardAccess access, ILogger<DashboardAccess> logger)
    {
        var presented = request.Key?.Trim() ?? "";
        var key = presented.Length == 0 ? null : await access.FindAsync(context, presented);
        if (key is null)
        {
            return Failure.Result(StatusCodes.Status401Unauthorized, "unauthorized",
                presented.StartsWith("lm_write_", StringComparison.Ordinal)
                    ? "A write key cannot read: use a key with scope read or admin."
                    : "The key is not known, or it was revoked.");
        }

        Log.SignedIn(logger, key.Id);
        context.Response.Cookies.Append(DashboardAccess.CookieName, presented, CookieFor(context));
        return Results.NoContent();
    }

    private static CookieOptions CookieFor(HttpContext context) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        Path = context.Request.PathBase + DashboardRegistration.Path,
    };
}
