using Microsoft.AspNetCore.Http;

namespace LifecycleMetrics.Reporting.OData.Answers;

/// <summary>Absolute URLs as the client sees them.</summary>
internal static class ServiceRoot
{
    public const string Path = "/odata";

    /// <summary>Ends in <c>/odata/</c>.</summary>
    public static string Of(HttpRequest request, ODataOptions options) => options.PublicBaseUrl is { } url
        ? url.AbsoluteUri.TrimEnd('/') + Path + "/"
        : $"{request.Scheme}://{request.Host.ToUriComponent()}{request.PathBase.ToUriComponent()}{Path}/";

    /// <summary>The URL of the page after this one: the same with another $skiptoken.</summary>
    public static string NextLink(HttpRequest request, string root, string set, string token)
    {
        var kept = (request.QueryString.Value ?? "").TrimStart('?')
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(option => !Uri.UnescapeDataString(option.Split('=', 2)[0]).TrimStart('$').Equals("skiptoken", StringComparison.OrdinalIgnoreCase))
            .Append("$skiptoken=" + token);
        return $"{root}{set}?{string.Join('&', kept)}";
    }
}
