using System.Globalization;

namespace LifecycleMetrics.Server.Configuration;

/// <summary>Keys the server itself adds to those of the configuration; they are good on this machine only.</summary>
internal static class KeySettings
{
    /// <param name="index">Place in the list; above those that a configuration uses.</param>
    /// <param name="id">Id of the key.</param>
    /// <param name="source">Source name of events that name none.</param>
    /// <param name="text">The key; only its hash becomes a setting.</param>
    public static Dictionary<string, string?> Write(int index, string id, string source, string text)
    {
        var entry = $"Ingest:Keys:{index.ToString(CultureInfo.InvariantCulture)}";
        return new Dictionary<string, string?>
        {
            [$"{entry}:Id"] = id,
            [$"{entry}:Source"] = source,
            [$"{entry}:Sha256"] = KeyHash.Of(text),
            [$"{entry}:Trusted"] = "true",
            [$"{entry}:LoopbackOnly"] = "true",
        };
    }
}
