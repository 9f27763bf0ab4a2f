using System.Text;
using Microsoft.AspNetCore.Http;

namespace LifecycleMetrics.Ingest.Receiving;

/// <summary>The origins whose pages may send with a write key; <c>*</c> stands for all.</summary>
internal sealed class AllowedOrigins(IEnumerable<string> origins)
{
    private const string Any = "*";
    private readonly string[] _origins = [.. origins];

    public bool Contains(string origin)
    {
        foreach (var allowed in _origins)
        {
            if (string.Equals(allowed, Any, StringComparison.Ordinal) || string.Equals(allowed, origin, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <summary>
    /// Whether a request may use the key as far as its <c>Origin</c> goes. A page's request to its own host carries one too,
    /// as behind a proxy that serves site and tracking under one name, and is always allowed.
    /// </summary>
    public bool Allow(HttpRequest request)
    {
        var given = request.Headers.Origin;
        return given.Count == 0 || (given.Count == 1 && given[0] is { } origin && (Contains(origin) || IsOwnHost(origin, request)));
    }

    /// <summary>True for <c>*</c> and for an origin as browsers write it: scheme, host, port unless it is the usual one; no path.</summary>
    public static bool IsValid(string text) =>
        string.Equals(text, Any, StringComparison.Ordinal)
        || (Ascii.IsValid(text) && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Host.Length > 0 && uri.UserInfo.Length == 0
            && string.Equals(uri.GetLeftPart(UriPartial.Authority), text, StringComparison.OrdinalIgnoreCase));

    // The scheme is left out: behind a proxy that ends TLS, the server doesn't see the browser's.
    private static bool IsOwnHost(string origin, HttpRequest request)
    {
        var scheme = origin.IndexOf("://", StringComparison.Ordinal);
        return scheme >= 0 && request.Host.Value is { Length: > 0 } host
            && origin.AsSpan(scheme + 3).Equals(host, StringComparison.OrdinalIgnoreCase);
    }
}
