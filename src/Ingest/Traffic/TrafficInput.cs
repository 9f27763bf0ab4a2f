using System.Net;

namespace LifecycleMetrics.Ingest.Traffic;

/// <summary>What the rules need to know of an event, as unescaped UTF-8; what is not given is empty.</summary>
internal ref struct TrafficInput
{
    /// <summary><c>context.userAgent</c>.</summary>
    public ReadOnlySpan<byte> UserAgent;

    /// <summary><c>userId</c>. One that is an e-mail address counts as that, too.</summary>
    public ReadOnlySpan<byte> UserId;

    /// <summary>First given of <c>traits.email</c>, <c>context.traits.email</c>, <c>properties.email</c>.</summary>
    public ReadOnlySpan<byte> Email;

    /// <summary><c>context.ip</c>.</summary>
    public ReadOnlySpan<byte> ContextIp;

    /// <summary>Address the request came from; it counts if there is no <see cref="ContextIp"/>.</summary>
    public IPAddress? ClientAddress;

    /// <summary>First given of <c>context.page.url</c>, <c>properties.url</c>.</summary>
    public ReadOnlySpan<byte> PageUrl;

    /// <summary>The event's source name.</summary>
    public ReadOnlySpan<byte> Source;

    /// <summary>First given of <c>context.environment</c>, <c>properties.environment</c>.</summary>
    public ReadOnlySpan<byte> Environment;

    /// <summary>Id of the write key.</summary>
    public ReadOnlySpan<byte> KeyId;
}
