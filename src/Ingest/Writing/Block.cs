using System.Buffers;
using System.Text;
using LifecycleMetrics.Ingest.Columns;
using LifecycleMetrics.Ingest.Spool;
using LifecycleMetrics.Ingest.Writing.Native;

namespace LifecycleMetrics.Ingest.Writing;

/// <summary>
/// The rows of one insert: consecutive frames of one segment, as columns, with batch_id and batch_seq. Once sent, it is
/// never changed: the same range of a segment is always the same bytes. Reused.
/// </summary>
internal sealed class Block
{
    private readonly NativeFixed _batchId = new("batch_id", "UInt64", sizeof(ulong));
    private readonly NativeFixed _batchSequence = new("batch_seq", "UInt64", sizeof(ulong));
    private readonly NativeColumn[] _columns = [.. TouchpointColumns.All.Select(NativeColumn.Of)];
    private readonly NativeFixed _receivedAt;
    private readonly List<ulong> _sequences = [];
    private readonly List<UInt128> _ids = [];
    private bool[] _isKept = [];

    // Which column of the table each column of the segment is.
    private NativeColumn[] _ofSegment = [];

    public Block() => _receivedAt = (NativeFixed)_columns[TouchpointColumns.Ordinal("received_at")];

    /// <summary>Names of the columns, in the order in which they are sent.</summary>
    public static IReadOnlyList<string> ColumnNames { get; } =
        ["batch_id", "batch_seq", .. TouchpointColumns.Names];

    /// <summary>The segment the rows are from; null while empty.</summary>
    public SpoolSegment? Segment { get; private set; }

    /// <summary>After the last frame of the block.</summary>
    public SpoolCursor End { get; private set; }

    /// <summary>Sequence of each row in its segment.</summary>
    public IReadOnlyList<ulong> Sequences => _sequences;

    public int Rows => _sequences.Count;

    /// <summary>Bytes of the frames it is made of, which is about what its columns take.</summary>
    public long Bytes { get; private set; }

    /// <summary>Times of receipt of its first and last frame (ms since 1970).</summary>
    public long FirstReceivedAt { get; private set; }

    public long LastReceivedAt { get; private set; }

    /// <summary>Rows left out because ClickHouse had their event already.</summary>
    public int LateDuplicates { get; private set; }

    public bool IsEmpty => Segment is null;

    public void Reset()
    {
        foreach (var column in (IEnumerable<NativeColumn>)[_batchId, _batchSequence, .. _columns])
            column.Reset();
        _sequences.Clear();
        Segment = null;
        Bytes = 0;
        LateDuplicates = 0;
    }

    /// <summary>Adds the rows of a frame; <paramref name="end"/> is the place after it.</summary>
    public void Add(Frame frame, SpoolCursor end, EventIdWindow window)
    {
        if (Segment is null)
            Begin(end.Segment!, frame);
        var isKept = KeptRows(frame, window);
        AppendColumns(frame, isKept);
        var before = _sequences.Count;
        for (var row = 0; row < frame.Rows; row++)
        {
            if (isKept.IsEmpty || isKept[row])
                _sequences.Add(frame.FirstSequence + (ulong)row);
        }

        var added = _sequences.Count - before;
        _batchId.Append(Segment!.Id, added);
        _batchSequence.AppendSequence(frame.FirstSequence, frame.Rows, isKept);
        _receivedAt.Append((ulong)frame.ReceivedAt, added);
        LastReceivedAt = frame.ReceivedAt;
        Bytes += frame.Columns.Length;
        End = end;
    }

    /// <summary>A run of rows in the Native format.</summary>
    public ReadOnlySequence<byte> Slice(int firstRow, int count)
    {
        var parts = new NativeParts();
        var head = new ByteBuffer();
        head.WriteVarUInt((uint)ColumnNames.Count);
        head.WriteVarUInt((uint)count);
        parts.Add(head.WrittenMemory);
        foreach (var column in AllColumns())
        {
            var name = new ByteBuffer();
            name.WriteString(Encoding.ASCII.GetBytes(column.Name));
            name.WriteString(Encoding.ASCII.GetBytes(column.Type));
            parts.Add(name.WrittenMemory);
            column.Write(parts, firstRow, count);
        }

        return parts.ToSequence();
    }

    /// <summary>The values of a row by column.</summary>
    public IEnumerable<KeyValuePair<string, object?>> Row(int row) =>
        AllColumns().Select(column => KeyValuePair.Create(column.Name, column.Value(row)));

    private IEnumerable<NativeColumn> AllColumns() => [_batchId, _batchSequence, .. _columns];

    private void Begin(SpoolSegment segment, Frame frame)
    {
        _ofSegment =
        [
            .. segment.Columns.Select(name => TouchpointColumns.ByName.TryGetValue(name, out var column)
                ? _columns[TouchpointColumns.Ordinal(column.Name)]
                : throw new InvalidOperationException(
                    $"Segment {segment.Id} has a column '{name}', which this version does not know. Run the version that wrote it.")),
        ];
        Segment = segment;
        FirstReceivedAt = frame.ReceivedAt;
    }

    private void AppendColumns(Frame frame, ReadOnlySpan<bool> isKept)
    {
        var columns = frame.Columns;
        var next = 0;
        while (Frame.NextColumn(ref columns, out var ordinal, out var values))
        {
            // Frames name their columns in order and leave out those that have the default in all rows.
            AppendDefaults(frame, ref next, ordinal, isKept);
            _ofSegment[ordinal].Append(values, frame.Rows, isKept);
            next = ordinal + 1;
        }

        AppendDefaults(frame, ref next, _ofSegment.Length, isKept);
        foreach (var column in _columns)
        {
            if (_ofSegment.Length < _columns.Length && !_ofSegment.Contains(column))
                column.Append(default, frame.Rows, isKept);
        }
    }

    private void AppendDefaults(Frame frame, ref int next, int until, ReadOnlySpan<bool> isKept)
    {
        for (; next < until; next++)
        {
            if (_ofSegment[next] != _receivedAt)
                _ofSegment[next].Append(default, frame.Rows, isKept);
        }
    }

    // Empty if all are.
    private ReadOnlySpan<bool> KeptRows(Frame frame, EventIdWindow window)
    {
        var hasLate = window.HasLateDuplicates;
        if (frame.LeftOutCount == 0 && !hasLate)
            return default;
        if (_isKept.Length < frame.Rows)
            _isKept = new bool[frame.Rows];
        var isKept = _isKept.AsSpan(0, frame.Rows);
        isKept.Fill(true);
        for (var i = 0; i < frame.LeftOutCount; i++)
            isKept[frame.LeftOut(i)] = false;
        if (hasLate)
            LeaveOutLate(frame, window, isKept);
        return isKept;
    }

    private void LeaveOutLate(Frame frame, EventIdWindow window, Span<bool> isKept)
    {
        FrameIds.Read(frame, _ids);
        for (var row = 0; row < isKept.Length; row++)
        {
            if (!isKept[row] || !window.IsLateDuplicate(_ids[row]))
                continue;
            isKept[row] = false;
            LateDuplicates++;
        }
    }
}
