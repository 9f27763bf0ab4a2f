using Microsoft.Extensions.Logging;

namespace LifecycleMetrics.Ingest.Spool;

/// <summary>
/// Whether the disk of the spool has more room than is reserved. It is looked at a few times a second; in between counts what
/// the spool has taken since, as a fast sender fills a small disk sooner.
/// </summary>
internal sealed class FreeSpace(string directory, long reservedBytes, IDisk disk, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private long _checkedAt;
    private long _roomUpTo = long.MaxValue;
    private bool _wasEnough = true;

    /// <summary>Whether a spool of this size leaves the reserve alone once what waits is written too.</summary>
    public bool IsEnoughFor(long spoolBytes, long waitingBytes)
    {
        Check(spoolBytes);
        return spoolBytes + waitingBytes < Interlocked.Read(ref _roomUpTo);
    }

    private void Check(long spoolBytes)
    {
        var last = Interlocked.Read(ref _checkedAt);
        if (last != 0 && time.GetElapsedTime(last) < Interval)
            return;
        if (Interlocked.CompareExchange(ref _checkedAt, Math.Max(1, time.GetTimestamp()), last) != last)
            return;
        var room = disk.FreeBytes(directory) - reservedBytes;
        Interlocked.Exchange(ref _roomUpTo, spoolBytes + room);
        var isEnough = room > 0;
        if (isEnough != _wasEnough)
            Log.FreeSpaceChanged(logger, isEnough ? "has room again" : "is nearly full; senders are asked to wait", directory);
        _wasEnough = isEnough;
    }
}
