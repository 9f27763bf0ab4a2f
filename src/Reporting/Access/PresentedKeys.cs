using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace LifecycleMetrics.Reporting.Access;

/// <summary>The texts in a request that may be a key: Bearer, either field of Basic, X-Api-Key, and ?apikey= where allowed.</summary>
internal static class PresentedKeys
{
    public static IEnumerable<string> In(HttpRequest request, bool alsoQuery)
    {
        if (AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)
            && header.Parameter is { Length: > 0 } parameter)
        {
            if (header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
                yield return parameter;
            else if (header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
                foreach (var field in BasicFields(parameter))
                    yield return field;
        }

        foreach (var value in request.Headers["X-Api-Key"])
            if (!string.IsNullOrEmpty(value))
                yield return value;
        if (alsoQuery)
            foreach (var value in request.Query[KeyInQuery.Parameter])
                if (!string.IsNullOrEmpty(value))
                    yield return value;
    }

    private static IEnumerable<string> BasicFields(string parameter)
    {
        var bytes = new byte[parameter.Length];
        if (!Convert.TryFromBase64String(parameter, bytes, out var length))
            return [];
        return Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2).Where(field => field.Length > 0);
    }
}
