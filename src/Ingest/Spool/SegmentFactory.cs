using LifecycleMetrics.Ingest.Columns;
using Microsoft.Extensions.Logging;

namespace LifecycleMetrics.Ingest.Spool;

/// <summary>
/// Makes segment files, one ahead: making one safe on disk waits for the file system's journal, and so for what others
/// write. Used by the committing thread.
/// </summary>
internal sealed class SegmentFactory(string directory, long segmentBytes, IDisk disk, TimeProvider time, ILogger logger) : IDisposable
{
    private readonly Lock _gate = new();
    private ulong _lastId;
    private Task<SpoolSegment>? _next;

    /// <summary>No segment made from here on has this id or a lower one.</summary>
    public void ReserveIds(ulong lastUsed)
    {
        lock (_gate)
            _lastId = Math.Max(_lastId, lastUsed);
    }

    /// <summary>An empty segment, safe on disk.</summary>
    /// <exception cref="IOException">It could not be made; there is no file then.</exception>
    public SpoolSegment Take()
    {
        var segment = TakePrepared() ?? Create();
        _next = Task.Run(Create);
        return segment;
    }

    /// <summary>Deletes the file that was made ahead.</summary>
    public void Dispose() => TakePrepared()?.Delete();

    private SpoolSegment? TakePrepared()
    {
        if (_next is not { } next)
            return null;
        _next = null;
        try
        {
            return next.GetAwaiter().GetResult();
        }
        catch (IOException e)
        {
            // The disk was full, or failed. It is tried again now, and if it fails the senders are told.
            Log.SegmentNotPrepared(logger, e);
            return null;
        }
    }

    // The id, the time in microseconds, is never used again, even if all files are lost.
    private ulong NextId()
    {
        lock (_gate)
        {
            var now = (ulong)((time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
            return _lastId = Math.Max(_lastId + 1, now);
        }
    }

    private SpoolSegment Create()
    {
        var id = NextId();
        var path = Path.Combine(directory, SpoolSegment.FileName(id));
        var header = SegmentHeader.Write(id, TouchpointColumns.Names);
        var handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            disk.Allocate(handle, segmentBytes);
            RandomAccess.Write(handle, header, 0);
            disk.SyncData(handle);
            disk.SyncDirectory(directory);
        }
        catch
        {
            handle.Dispose();
            File.Delete(path);
            throw;
        }

        return new SpoolSegment(new SegmentHeader(id, TouchpointColumns.Names, header.Length), path, handle);
    }
}
