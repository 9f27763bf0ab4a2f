using LifecycleMetrics.Ingest.Spool;

namespace LifecycleMetrics.Ingest.Writing;

/// <summary>
/// The rows of one insert: consecutive frames of one segment, each row preceded by its batch_id and batch_seq. Once sent,
/// it is never changed: the same range of a segment is always the same bytes. Reused.
/// </summary>
internal sealed class Block
{
    private const int KeepBytes = 40 * 1024 * 1024;
    private readonly ByteBuffer _bytes = new();
    private readonly List<BlockRow> _rows = [];

    /// <summary>The segment the rows are from; null while empty.</summary>
    public SpoolSegment? Segment { get; private set; }

    /// <summary>Columns of the rows.</summary>
    public IReadOnlyList<string> Columns { get; private set; } = [];

    /// <summary>After the last frame of the block.</summary>
    public SpoolCursor End { get; private set; }

    public IReadOnlyList<BlockRow> Rows => _rows;

    public int Bytes => _bytes.Length;

    /// <summary>Sequence of the first and last row of its frames, left-out rows included.</summary>
    public ulong FirstSequence { get; private set; }

    public ulong LastSequence { get; private set; }

    /// <summary>Times of receipt of its first and last frame (ms since 1970).</summary>
    public long FirstReceivedAt { get; private set; }

    public long LastReceivedAt { get; private set; }

    /// <summary>Rows left out because ClickHouse had their event already.</summary>
    public int LateDuplicates { get; private set; }

    public bool IsEmpty => Segment is null;

    public void Reset()
    {
        _bytes.Reset(KeepBytes);
        _rows.Clear();
        Segment = null;
        LateDuplicates = 0;
    }

    /// <summary>Adds the rows of a frame; <paramref name="end"/> is the place after it.</summary>
    public void Add(ReadOnlySpan<byte> payload, SpoolCursor end, EventIdWindow window)
    {
        var segment = end.Segment!;
        var sequence = Frame.FirstSequence(payload);
        var count = Frame.RowCount(payload);
        if (Segment is null)
        {
            Segment = segment;
            Columns = ["batch_id", "batch_seq", .. segment.Columns];
            FirstSequence = sequence;
            FirstReceivedAt = Frame.ReceivedAt(payload);
        }

        var rows = Frame.Rows(payload);
        var at = 0;
        for (var i = 0; i < count; i++)
        {
            var (length, eventId) = Frame.Row(payload, i);
            if (window.IsLateDuplicate(eventId))
                LateDuplicates++;
            else
                AddRow(segment.Id, sequence + (ulong)i, rows.Slice(at, length));
            at += length;
        }

        LastSequence = sequence + (ulong)count - 1;
        LastReceivedAt = Frame.ReceivedAt(payload);
        End = end;
    }

    /// <summary>The bytes of a run of rows.</summary>
    public ReadOnlyMemory<byte> Slice(int firstRow, int count)
    {
        var last = _rows[firstRow + count - 1];
        var start = _rows[firstRow].Start;
        return _bytes.WrittenMemory[start..(last.Start + last.Length)];
    }

    /// <summary>The bytes of chosen rows, copied.</summary>
    public ReadOnlyMemory<byte> Pick(IEnumerable<BlockRow> rows)
    {
        var picked = new ByteBuffer();
        foreach (var row in rows)
            picked.Write(_bytes.Written.Slice(row.Start, row.Length));
        return picked.WrittenMemory;
    }

    private void AddRow(ulong segment, ulong sequence, ReadOnlySpan<byte> row)
    {
        var start = _bytes.Length;
        _bytes.WriteNumber(segment);
        _bytes.WriteNumber(sequence);
        _bytes.Write(row);
        _rows.Add(new BlockRow(sequence, start, _bytes.Length - start));
    }
}
