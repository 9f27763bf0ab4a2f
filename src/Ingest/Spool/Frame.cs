using System.Buffers.Binary;

namespace LifecycleMetrics.Ingest.Spool;

/// <summary>
/// One record of a segment: the accepted events of one request.
/// <code>
/// u32 magic · u32 payload bytes · u32 CRC-32C of the payload · u32 CRC-32C of these 12 bytes
/// payload: u64 sequence of the first row · i64 received_at (ms) · u32 rows
///          rows × (u32 bytes, u128 event id hash) · the rows as RowBinary
/// </code>
/// All numbers are little-endian.
/// </summary>
internal static class Frame
{
    public const int HeaderBytes = 16;
    public const int MaxPayloadBytes = 256 * 1024 * 1024;
    private const int FixedPayloadBytes = 20;
    private const int RowEntryBytes = 20;
    private const uint Magic = 0x4D_52_46_4C; // "LFRM"

    /// <summary>Appends a frame with those rows of the batch that <paramref name="isKept"/> names.</summary>
    public static void Write(ByteBuffer to, EventBatch batch, ReadOnlySpan<bool> isKept, int keptRows, ulong firstSequence)
    {
        var start = to.Length;
        to.GetSpan(HeaderBytes)[..HeaderBytes].Clear();
        to.Advance(HeaderBytes);
        to.WriteNumber(firstSequence);
        to.WriteNumber(batch.ReceivedAt);
        to.WriteNumber((uint)keptRows);
        for (var i = 0; i < isKept.Length; i++)
        {
            if (!isKept[i])
                continue;
            to.WriteNumber((uint)batch.RowLengths[i]);
            to.WriteNumber(batch.EventIds[i]);
        }

        if (keptRows == isKept.Length)
        {
            to.Write(batch.Rows.Written);
        }
        else
        {
            var at = 0;
            for (var i = 0; i < isKept.Length; at += batch.RowLengths[i], i++)
            {
                if (isKept[i])
                    to.Write(batch.Rows.Written.Slice(at, batch.RowLengths[i]));
            }
        }

        var payload = to.Span[(start + HeaderBytes)..];
        to.SetUInt32(start, Magic);
        to.SetUInt32(start + 4, (uint)payload.Length);
        to.SetUInt32(start + 8, Crc32C.Of(payload));
        to.SetUInt32(start + 12, Crc32C.Of(to.Span.Slice(start, 12)));
    }

    /// <summary>True if the bytes begin with an undamaged frame header; gives the length of its payload.</summary>
    public static bool TryReadHeader(ReadOnlySpan<byte> bytes, out int payloadBytes)
    {
        payloadBytes = 0;
        if (bytes.Length < HeaderBytes || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]) != Crc32C.Of(bytes[..12]))
            return false;
        payloadBytes = BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]);
        return payloadBytes is >= FixedPayloadBytes and <= MaxPayloadBytes;
    }

    /// <summary>True if the payload is the one the header was written for, and whole.</summary>
    public static bool IsIntact(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload) =>
        BinaryPrimitives.ReadUInt32LittleEndian(header[8..]) == Crc32C.Of(payload)
        && FixedPayloadBytes + ((long)RowCount(payload) * RowEntryBytes) <= payload.Length;

    public static ulong FirstSequence(ReadOnlySpan<byte> payload) => BinaryPrimitives.ReadUInt64LittleEndian(payload);

    public static long ReceivedAt(ReadOnlySpan<byte> payload) => BinaryPrimitives.ReadInt64LittleEndian(payload[8..]);

    public static int RowCount(ReadOnlySpan<byte> payload) => BinaryPrimitives.ReadInt32LittleEndian(payload[16..]);

    /// <summary>Length in bytes and event id hash of a row.</summary>
    public static (int Length, UInt128 EventId) Row(ReadOnlySpan<byte> payload, int index)
    {
        var entry = payload.Slice(FixedPayloadBytes + (index * RowEntryBytes), RowEntryBytes);
        return (BinaryPrimitives.ReadInt32LittleEndian(entry), BinaryPrimitives.ReadUInt128LittleEndian(entry[4..]));
    }

    /// <summary>The rows' bytes.</summary>
    public static ReadOnlySpan<byte> Rows(ReadOnlySpan<byte> payload) =>
        payload[(FixedPayloadBytes + (RowCount(payload) * RowEntryBytes))..];
}
