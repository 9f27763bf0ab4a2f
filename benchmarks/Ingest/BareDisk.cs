using System.Diagnostics;

namespace LifecycleMetrics.Benchmarks.Ingest;

/// <summary>The disk without the server: bytes appended to one file and synced, as a spool does it.</summary>
internal static class BareDisk
{
    // What seven requests of 500 events take in the spool.
    private const int AppendBytes = 1024 * 1024;

    /// <summary>How many bytes a second are safe on the disk of <paramref name="directory"/>.</summary>
    public static double BytesPerSecond(string directory, TimeSpan length)
    {
        var block = new byte[AppendBytes];
        Random.Shared.NextBytes(block);
        var path = Path.Combine(directory, "bare-disk");
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < length)
        {
            file.Write(block);
            file.Flush(flushToDisk: true);
        }

        return file.Length / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
