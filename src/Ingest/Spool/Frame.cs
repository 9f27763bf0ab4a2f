using System.Buffers.Binary;
using LifecycleMetrics.Ingest.Columns;

namespace LifecycleMetrics.Ingest.Spool;

/// <summary>
/// One record of a segment: the accepted events of one request.
/// <code>
/// head:    u32 magic · u32 rows · u64 sequence of the first row · i64 received_at (ms) · u32 left-out rows
///          · u32 payload bytes · u32 CRC-32C of the payload · u32 CRC-32C of these 36 bytes
/// payload: the columns of the rows (<see cref="TouchpointRows"/>) · u32 number of each row that is left out · u8 end mark
/// </code>
/// Rows are left out because their event was taken before; they keep their place in the sequence. A segment ends in zeros
/// until it is full; the end mark tells a frame that was written to its end from one that was not. All numbers are
/// little-endian.
/// </summary>
internal readonly ref struct Frame
{
    public const int HeadBytes = 40;
    public const int MaxPayloadBytes = 1024 * 1024 * 1024;
    private const uint Magic = 0x32_52_46_4C; // "LFR2"
    private const byte EndMark = 0xE5;

    private readonly ReadOnlySpan<byte> _head;
    private readonly ReadOnlySpan<byte> _payload;

    /// <param name="bytes">The whole frame, found intact.</param>
    public Frame(ReadOnlySpan<byte> bytes)
    {
        _head = bytes[..HeadBytes];
        _payload = bytes[HeadBytes..^1];
    }

    /// <summary>First bytes of every frame.</summary>
    public static ReadOnlySpan<byte> Mark => "LFR2"u8;

    public int Rows => BinaryPrimitives.ReadInt32LittleEndian(_head[4..]);

    public ulong FirstSequence => BinaryPrimitives.ReadUInt64LittleEndian(_head[8..]);

    /// <summary>Sequence after that of the last row.</summary>
    public ulong NextSequence => FirstSequence + (ulong)Rows;

    public long ReceivedAt => BinaryPrimitives.ReadInt64LittleEndian(_head[16..]);

    /// <summary>How many of the rows are left out.</summary>
    public int LeftOutCount => BinaryPrimitives.ReadInt32LittleEndian(_head[24..]);

    /// <summary>The columns: see <see cref="NextColumn"/>.</summary>
    public ReadOnlySpan<byte> Columns => _payload[..^(LeftOutCount * sizeof(uint))];

    /// <summary>The number of the n-th row that is left out.</summary>
    public int LeftOut(int index) =>
        BinaryPrimitives.ReadInt32LittleEndian(_payload[^((LeftOutCount - index) * sizeof(uint))..]);

    /// <summary>Takes the next column off <paramref name="columns"/>; false if there is none.</summary>
    public static bool NextColumn(ref ReadOnlySpan<byte> columns, out byte ordinal, out ReadOnlySpan<byte> values)
    {
        ordinal = 0;
        values = default;
        if (columns.IsEmpty)
            return false;
        ordinal = columns[0];
        var length = BinaryPrimitives.ReadInt32LittleEndian(columns[1..]);
        values = columns.Slice(5, length);
        columns = columns[(5 + length)..];
        return true;
    }

    /// <summary>
    /// Appends the head of a frame to <paramref name="heads"/> and what follows its columns to <paramref name="tails"/>;
    /// between the two belongs the batch's body.
    /// </summary>
    public static void Write(ByteBuffer heads, ByteBuffer tails, EventBatch batch, ReadOnlySpan<int> leftOutRows, ulong firstSequence)
    {
        var start = heads.Length;
        var tail = tails.Length;
        tails.WriteNumbers(leftOutRows, sizeof(int));
        tails.WriteByte(EndMark);
        heads.WriteNumber(Magic);
        heads.WriteNumber((uint)batch.RowCount);
        heads.WriteNumber(firstSequence);
        heads.WriteNumber(batch.ReceivedAt);
        heads.WriteNumber((uint)leftOutRows.Length);
        heads.WriteNumber((uint)(batch.Body.Length + (tails.Length - tail)));
        heads.WriteNumber(Crc32C.Continue(batch.BodyChecksum, tails.Written[tail..]));
        heads.WriteNumber(Crc32C.Of(heads.Written[start..]));
    }

    /// <summary>True if the bytes begin with an undamaged head; gives the length of the whole frame.</summary>
    public static bool TryReadHead(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        if (bytes.Length < HeadBytes || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[36..]) != Crc32C.Of(bytes[..36]))
            return false;
        var payload = BinaryPrimitives.ReadUInt32LittleEndian(bytes[28..]);
        length = HeadBytes + (int)Math.Min(payload, MaxPayloadBytes);
        return payload is > 0 and <= MaxPayloadBytes && BinaryPrimitives.ReadUInt32LittleEndian(bytes[24..]) <= payload / sizeof(uint);
    }

    /// <summary>True if the frame, whose head is undamaged, is whole.</summary>
    public static bool IsIntact(ReadOnlySpan<byte> frame) =>
        BinaryPrimitives.ReadUInt32LittleEndian(frame[32..]) == Crc32C.Of(frame[HeadBytes..]);
}
