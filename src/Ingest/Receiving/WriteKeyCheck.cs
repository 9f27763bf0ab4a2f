using Microsoft.AspNetCore.Http;

namespace LifecycleMetrics.Ingest.Receiving;

/// <summary>Finds out with which key a request comes.</summary>
internal sealed class WriteKeyCheck(ConfiguredWriteKeys keys)
{
    private readonly KnownHeaders _known = new();

    /// <summary>The key in the headers; refused if they offer keys and none of them may send.</summary>
    public (WriteKey? Key, bool IsRefused) Headers(HttpContext context)
    {
        var headers = context.Request.Headers;
        var isOffered = false;
        foreach (var value in headers.Authorization)
        {
            if (value is not null && ByAuthorization(value, ref isOffered) is { } key && MayCome(key, context))
                return (key, false);
        }

        foreach (var value in headers["X-Api-Key"])
        {
            isOffered |= value is { Length: > 0 };
            if (keys.Find(value.AsSpan()) is { } key && MayCome(key, context))
                return (key, false);
        }

        return (null, isOffered);
    }

    /// <summary>The key that the <c>writeKey</c> of the body names.</summary>
    public WriteKey? Body(HttpContext context, ReadOnlySpan<char> text) =>
        keys.Find(text) is { } key && MayCome(key, context) ? key : null;

    private WriteKey? ByAuthorization(string value, ref bool isOffered)
    {
        if (_known.Find(value) is { } known)
        {
            isOffered = true;
            return known;
        }

        var key = AuthorizationHeader.FindKey(value, keys, ref isOffered);
        if (key is not null)
            _known.Add(value, key);
        return key;
    }

    private static bool MayCome(WriteKey key, HttpContext context) => key.MayComeOver(context.Connection);
}
