using Microsoft.Extensions.Logging;

namespace LifecycleMetrics.Ingest.Spool;

/// <summary>Whether the disk of the spool has more room than is reserved; looked at a few times a second.</summary>
internal sealed class FreeSpace(string directory, long reservedBytes, IDisk disk, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private long _checkedAt;
    private volatile bool _isEnough = true;

    public bool IsEnough
    {
        get
        {
            Check();
            return _isEnough;
        }
    }

    private void Check()
    {
        var last = Interlocked.Read(ref _checkedAt);
        if (last != 0 && time.GetElapsedTime(last) < Interval)
            return;
        if (Interlocked.CompareExchange(ref _checkedAt, Math.Max(1, time.GetTimestamp()), last) != last)
            return;
        var isEnough = disk.FreeBytes(directory) > reservedBytes;
        if (isEnough != _isEnough)
            Log.FreeSpaceChanged(logger, isEnough ? "has room again" : "is nearly full; senders are asked to wait", directory);
        _isEnough = isEnough;
    }
}
