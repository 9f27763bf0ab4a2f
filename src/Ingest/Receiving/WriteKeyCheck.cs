using Microsoft.AspNetCore.Http;

namespace LifecycleMetrics.Ingest.Receiving;

/// <summary>Finds out who sends a request.</summary>
internal sealed class WriteKeyCheck(IWriteKeys keys)
{
    /// <summary>The sender by the headers; refused if they offer keys and none of them may send.</summary>
    public (IngestSource? Source, bool IsRefused) Headers(HttpContext context)
    {
        var offered = WriteKeyHeaders.Read(context.Request.Headers);
        foreach (var key in offered)
        {
            if (keys.Find(key, context.Connection.RemoteIpAddress) is { } source)
                return (source, false);
        }

        return (null, offered.Count > 0);
    }

    /// <summary>The sender by the <c>writeKey</c> of the body.</summary>
    public IngestSource? Body(HttpContext context, string key) => keys.Find(key, context.Connection.RemoteIpAddress);
}
