using LifecycleMetrics.Ingest.Columns;

namespace LifecycleMetrics.Ingest.Spool;

/// <summary>What a segment file holds: its frames, damaged stretches between them, and whether its end was torn off.</summary>
internal sealed class SegmentScan
{
    private SegmentScan(SegmentHeader header) => Header = header;

    public SegmentHeader Header { get; }

    /// <summary>Offsets of the intact frames.</summary>
    public List<long> Frames { get; } = [];

    /// <summary>Damaged stretches: start, end.</summary>
    public List<(long Start, long End)> Damage { get; } = [];

    /// <summary>End of the last intact frame or damaged stretch.</summary>
    public long End { get; private set; }

    /// <summary>True if a frame was begun after <see cref="End"/> and not finished: the mark of a crash in mid-write.</summary>
    public bool IsTorn { get; private set; }

    /// <summary>Null if the file has neither a readable header nor an intact frame.</summary>
    /// <param name="file">All of the file.</param>
    /// <param name="id">Id of the segment by its name, which counts if the header is damaged.</param>
    public static SegmentScan? Of(ReadOnlySpan<byte> file, ulong id = 0)
    {
        var header = SegmentHeader.Read(file);
        if (header is null && NextFrame(file, 0) < 0)
            return null;
        // The columns stand in the header too; most likely it was this version that wrote it.
        var scan = new SegmentScan(header ?? new SegmentHeader(id, TouchpointColumns.Names, 0));
        scan.End = scan.Header.Bytes;
        // What was set aside and never written.
        scan.Run(file[..(file.LastIndexOfAnyExcept((byte)0) + 1)]);
        return scan;
    }

    private void Run(ReadOnlySpan<byte> file)
    {
        var at = Header.Bytes;
        while (at < file.Length)
        {
            if (TryFrame(file[at..], out var bytes))
            {
                Frames.Add(at);
                at += bytes;
                End = at;
                continue;
            }

            var next = NextFrame(file, at + 1);
            if (next < 0 && IsUnfinished(file[at..]))
            {
                IsTorn = true;
                return;
            }

            next = next < 0 ? file.Length : next;
            Damage.Add((at, next));
            at = next;
            End = at;
        }
    }

    private static bool TryFrame(ReadOnlySpan<byte> bytes, out int length) =>
        Frame.TryReadHead(bytes, out length) && bytes.Length >= length && Frame.IsIntact(bytes[..length]);

    private static int NextFrame(ReadOnlySpan<byte> file, int from)
    {
        for (var at = from; at <= file.Length - Frame.HeadBytes; at++)
        {
            var next = file[at..].IndexOf(Frame.Mark);
            if (next < 0)
                return -1;
            at += next;
            if (TryFrame(file[at..], out _))
                return at;
        }

        return -1;
    }

    // A frame that is all there and wrong is damage: it may have been acknowledged. One that lacks its end was not.
    private static bool IsUnfinished(ReadOnlySpan<byte> tail) =>
        tail.Length < Frame.HeadBytes
        || (Frame.TryReadHead(tail, out var length) && tail.Length < length);
}
