using Microsoft.Extensions.Logging;

namespace LifecycleMetrics.Ingest.Spool;

/// <summary>
/// Whether the disk of the spool has more room than is reserved. It is looked at a few times a second; in between counts what
/// the spool has taken since, as a fast sender fills a small disk sooner. A disk that can't be looked at has no room, and one
/// whose directory is gone gets none back: open segments are files without a name then, which no start would find.
/// </summary>
internal sealed class FreeSpace(string directory, long reservedBytes, IDisk disk, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private long _checkedAt;
    private long _roomUpTo = long.MaxValue;
    private bool _wasEnough = true;

    /// <summary>True once the directory was found to be gone.</summary>
    public bool IsGone { get; private set; }

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
        if (Look() is not { } room)
        {
            Interlocked.Exchange(ref _roomUpTo, 0);
            _wasEnough = false;
            return;
        }

        Interlocked.Exchange(ref _roomUpTo, spoolBytes + room);
        var isEnough = room > 0;
        if (isEnough != _wasEnough)
            Log.FreeSpaceChanged(logger, isEnough ? "has room again" : "is nearly full; senders are asked to wait", directory);
        _wasEnough = isEnough;
    }

    // What is free beyond the reserve; null if nobody can say.
    private long? Look()
    {
        if (IsGone)
            return null;
        try
        {
            return disk.FreeBytes(directory) - reservedBytes;
        }
        catch (DriveNotFoundException e)
        {
            IsGone = true;
            Log.SpoolGone(logger, e, directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Said once, and that there is room again.
            if (_wasEnough)
                Log.FreeSpaceUnknown(logger, e, directory);
        }

        return null;
    }
}
