using System.Text;

namespace LifecycleMetrics.Ingest.Traffic;

/// <summary>Tells crawlers and other machines by their user agent.</summary>
internal sealed class UserAgentParts
{
    private static readonly string[] Defaults =
    [
        "bot", "crawler", "spider", "slurp", "headless", "phantomjs", "puppeteer", "playwright", "selenium",
        "lighthouse", "pingdom", "uptime", "monitoring", "facebookexternalhit", "preview", "wget", "curl/",
        "python-requests", "httpclient", "scrapy", "googleimageproxy",
    ];

    private readonly byte[][] _parts;

    public UserAgentParts(IEnumerable<string> configured)
    {
        var parts = configured.Where(part => part.Length > 0).ToArray();
        _parts = [.. (parts.Length > 0 ? parts : Defaults).Select(part => Encoding.UTF8.GetBytes(part.ToLowerInvariant()))];
    }

    public bool Contains(ReadOnlySpan<byte> userAgent)
    {
        const int longest = 1_024;
        Span<byte> lower = stackalloc byte[longest];
        if (userAgent.Length > longest)
            userAgent = userAgent[..longest];
        for (var i = 0; i < userAgent.Length; i++)
            lower[i] = userAgent[i] is >= (byte)'A' and <= (byte)'Z' ? (byte)(userAgent[i] | 0x20) : userAgent[i];
        lower = lower[..userAgent.Length];
        foreach (var part in _parts)
        {
            if (lower.IndexOf(part) >= 0)
                return true;
        }

        return false;
    }
}
