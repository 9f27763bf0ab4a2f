using System.Text;

namespace LifecycleMetrics.Ingest.Traffic;

/// <summary>Host names in page addresses, and which are below which.</summary>
internal static class PageHost
{
    /// <summary>The host of a web address, without port; empty if it has none.</summary>
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> url)
    {
        var scheme = url.IndexOf("://"u8);
        if (scheme < 0)
            return default;
        var authority = url[(scheme + 3)..];
        var end = authority.IndexOfAny("/?#"u8);
        if (end >= 0)
            authority = authority[..end];
        authority = authority[(authority.LastIndexOf((byte)'@') + 1)..];
        // Behind the bracket of an IPv6 address, if there is one.
        var port = authority.LastIndexOf((byte)':');
        return port > authority.LastIndexOf((byte)']') ? authority[..port] : authority;
    }

    public static bool IsOrIsBelow(ReadOnlySpan<byte> host, ReadOnlySpan<byte> domain) =>
        Ascii.EqualsIgnoreCase(host, domain) || IsBelow(host, domain);

    public static bool IsBelow(ReadOnlySpan<byte> host, ReadOnlySpan<byte> domain) =>
        host.Length > domain.Length + 1
        && host[^(domain.Length + 1)] == (byte)'.'
        && Ascii.EqualsIgnoreCase(host[^domain.Length..], domain);
}
