using System.Net;

namespace LifecycleMetrics.Ingest.Receiving;

/// <summary>Knows which write keys may send.</summary>
public interface IWriteKeys
{
    /// <summary>The sender behind the key; null if the key is unknown, wrong, or not allowed from that address.</summary>
    IngestSource? Find(string key, IPAddress? remoteAddress);
}
