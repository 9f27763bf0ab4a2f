using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace LifecycleMetrics.Ingest.Spool;

/// <summary>
/// Reads a segment that an earlier process left: a torn end is cut off, other damage is copied to <c>damaged/</c>,
/// reported and jumped over.
/// </summary>
internal sealed class SegmentRecovery(IDisk disk, DamagedBytes damaged, ILogger logger)
{
    /// <summary>The segment, sealed; null if the file is none.</summary>
    public SpoolSegment? Recover(string path, FrameHandler onFrame)
    {
        var file = File.ReadAllBytes(path);
        _ = ulong.TryParse(Path.GetFileNameWithoutExtension(path), CultureInfo.InvariantCulture, out var id);
        if (SegmentScan.Of(file, id) is not { } scan)
        {
            // Nothing is acknowledged before the header is safe, so a file with nothing in it is a creation cut short; kept all the same.
            damaged.Keep(path, 0, file);
            File.Delete(path);
            return null;
        }

        foreach (var frame in scan.Frames)
            onFrame(FrameAt(file, frame));
        foreach (var (start, end) in scan.Damage)
            damaged.Keep(path, start, file.AsSpan((int)start..(int)end));

        var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        if (scan.IsTorn)
            Log.TornTailCut(logger, path, scan.End, file.AsSpan().LastIndexOfAnyExcept((byte)0) + 1 - scan.End);
        if (file.Length > scan.End)
            Cut(handle, scan.End);

        var segment = new SpoolSegment(scan.Header, path, handle) { DurableLength = scan.End, IsSealed = true };
        if (scan.Frames.Count > 0)
            segment.OldestReceivedAt = FrameAt(file, scan.Frames[0]).ReceivedAt;
        foreach (var (start, end) in scan.Damage)
            segment.Damage.Add(start, end);
        return segment;
    }

    private static Frame FrameAt(ReadOnlySpan<byte> file, long at)
    {
        Frame.TryReadHead(file[(int)at..], out var length);
        return new Frame(file.Slice((int)at, length));
    }

    private void Cut(SafeFileHandle handle, long end)
    {
        RandomAccess.SetLength(handle, end);
        disk.SyncData(handle);
    }
}
