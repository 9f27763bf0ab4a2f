using System.Buffers.Binary;
using System.Text;

namespace LifecycleMetrics.Ingest.Spool;

/// <summary>
/// Opens a segment file.
/// <code>"LMSPOOL1" · u32 format version · u64 segment id · u32 bytes of the column list · column list · u32 CRC-32C of all before</code>
/// The column list is UTF-8, names separated by commas.
/// </summary>
internal sealed record SegmentHeader(ulong Id, IReadOnlyList<string> Columns, int Bytes)
{
    private const uint FormatVersion = 1;
    private const int FixedBytes = 24;

    public static byte[] Write(ulong id, IReadOnlyList<string> columns)
    {
        var to = new ByteBuffer();
        var names = Encoding.UTF8.GetBytes(string.Join(',', columns));
        to.Write("LMSPOOL1"u8);
        to.WriteNumber(FormatVersion);
        to.WriteNumber(id);
        to.WriteNumber((uint)names.Length);
        to.Write(names);
        to.WriteNumber(Crc32C.Of(to.Written));
        return to.Written.ToArray();
    }

    /// <summary>Null if the file doesn't begin with an undamaged header of a format this version reads.</summary>
    public static SegmentHeader? Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < FixedBytes || !file.StartsWith("LMSPOOL1"u8)
            || BinaryPrimitives.ReadUInt32LittleEndian(file[8..]) != FormatVersion)
            return null;
        var nameBytes = BinaryPrimitives.ReadUInt32LittleEndian(file[20..]);
        if (nameBytes > file.Length - FixedBytes - sizeof(uint))
            return null;
        var end = FixedBytes + (int)nameBytes;
        if (BinaryPrimitives.ReadUInt32LittleEndian(file[end..]) != Crc32C.Of(file[..end]))
            return null;

        var columns = Encoding.UTF8.GetString(file[FixedBytes..end]).Split(',');
        return new(BinaryPrimitives.ReadUInt64LittleEndian(file[12..]), columns, end + sizeof(uint));
    }
}
