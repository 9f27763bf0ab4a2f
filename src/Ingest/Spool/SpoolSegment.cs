using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace LifecycleMetrics.Ingest.Spool;

/// <summary>A file of the spool. Its numbers are guarded by the <see cref="SegmentStore"/> it belongs to.</summary>
internal sealed class SpoolSegment(SegmentHeader header, string path, SafeFileHandle handle)
{
    public const string Extension = ".segment";

    public ulong Id => header.Id;

    public IReadOnlyList<string> Columns => header.Columns;

    /// <summary>Offset of the first frame.</summary>
    public int FirstFrame => header.Bytes;

    public string Path => path;

    public SafeFileHandle Handle => handle;

    /// <summary>End of what is safe on disk; nothing beyond it is read or was ever acknowledged.</summary>
    public long DurableLength { get; set; } = header.Bytes;

    /// <summary>True once nothing will be appended any more.</summary>
    public bool IsSealed { get; set; }

    /// <summary>End of what ClickHouse has.</summary>
    public long ConfirmedLength { get; set; } = header.Bytes;

    /// <summary>Damaged stretches, start to end, found when the segment was scanned; reading jumps over them.</summary>
    public Dictionary<long, long> Damage { get; } = [];

    /// <summary>Time of receipt of the oldest unconfirmed frame is not before this (ms since 1970); 0 if empty.</summary>
    public long OldestReceivedAt { get; set; }

    // Fixed width, so that names sort as ids do.
    public static string FileName(ulong id) => id.ToString("D20", CultureInfo.InvariantCulture) + Extension;

    /// <summary>Closes and deletes the file; it may have gone with its directory.</summary>
    public void Delete()
    {
        handle.Dispose();
        if (Directory.Exists(System.IO.Path.GetDirectoryName(path)))
            File.Delete(path);
    }

    /// <summary>Reads the frame that begins at <paramref name="at"/>; false if no intact one does.</summary>
    public bool TryRead(long at, long end, ByteBuffer frame)
    {
        frame.Truncate(0);
        var head = frame.GetSpan(Frame.HeadBytes)[..Frame.HeadBytes];
        if (end - at < Frame.HeadBytes || RandomAccess.Read(handle, head, at) != Frame.HeadBytes
            || !Frame.TryReadHead(head, out var length) || at + length > end)
            return false;
        frame.Advance(Frame.HeadBytes);
        var rest = frame.GetSpan(length - Frame.HeadBytes)[..(length - Frame.HeadBytes)];
        if (RandomAccess.Read(handle, rest, at + Frame.HeadBytes) != rest.Length)
            return false;
        frame.Advance(rest.Length);
        return Frame.IsIntact(frame.Written);
    }

    /// <summary>All up to <paramref name="end"/>; zeros where the file is shorter.</summary>
    public byte[] Read(long end)
    {
        var bytes = new byte[end];
        for (var read = 0; read < bytes.Length;)
        {
            var count = RandomAccess.Read(handle, bytes.AsSpan(read), read);
            if (count == 0)
                break;
            read += count;
        }

        return bytes;
    }
}
