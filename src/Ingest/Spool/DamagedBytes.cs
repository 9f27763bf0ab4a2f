using Microsoft.Extensions.Logging;

namespace LifecycleMetrics.Ingest.Spool;

/// <summary>Keeps a copy of what can't be read, for whoever wants to try, in <c>damaged/</c> below the spool.</summary>
internal sealed class DamagedBytes(string spoolDirectory, IngestMetrics metrics, ILogger logger)
{
    public void Keep(string path, long at, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return;
        var damaged = Path.Combine(spoolDirectory, "damaged");
        Directory.CreateDirectory(damaged);
        var copy = Path.Combine(damaged, $"{Path.GetFileNameWithoutExtension(path)}-{at}.bin");
        File.WriteAllBytes(copy, bytes);
        metrics.SpoolDamaged(bytes.Length);
        Log.SpoolDamaged(logger, path, at, bytes.Length, copy);
    }
}
