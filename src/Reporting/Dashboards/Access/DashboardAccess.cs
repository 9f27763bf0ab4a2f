using System.Net;
using LifecycleMetrics.Reporting.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Reporting.Dashboards.Access;

/// <summary>
/// Who may see dashboards: whoever sends a read key, as a header or in the cookie of the sign-in form; in the demo also
/// everyone on this machine.
/// </summary>
public sealed class DashboardAccess(IEnumerable<IReadKeys> places, IOptionsMonitor<DashboardOptions> options)
{
    /// <summary>Name of the cookie with the key; scripts can't read it.</summary>
    public const string CookieName = "lm_read_key";

    public async ValueTask<bool> AllowsAsync(HttpContext context)
    {
        if (options.CurrentValue.OpenOnLoopback && IsLocal(context))
            return true;
        foreach (var presented in PresentedKeys.In(context.Request, alsoQuery: false))
        {
            if (await FindAsync(context, presented) is not null)
                return true;
        }

        return context.Request.Cookies.TryGetValue(CookieName, out var kept) && await FindAsync(context, kept) is not null;
    }

    /// <summary>The read key that <paramref name="presented"/> stands for, or null.</summary>
    public async ValueTask<ReadKey?> FindAsync(HttpContext context, string presented)
    {
        foreach (var place in places)
        {
            if (await place.FindAsync(presented, context.Connection.RemoteIpAddress, context.RequestAborted) is { } key)
                return key;
        }

        return null;
    }

    /// <summary>
    /// The host name is checked too: a page of another site whose name was pointed at this machine, or a proxy that
    /// forwards strangers, comes from the loopback address as well.
    /// </summary>
    private static bool IsLocal(HttpContext context)
    {
        var host = context.Request.Host.Host;
        return context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
            && !context.Request.Headers.ContainsKey("X-Forwarded-For")
            && (host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
                || (IPAddress.TryParse(host.Trim('[', ']'), out var name) && IPAddress.IsLoopback(name)));
    }
}
