using System.Buffers.Binary;
using System.Text;

namespace LifecycleMetrics.Ingest.Spool;

/// <summary>
/// Opens a segment file.
/// <code>"LMSPOOL1" · u32 format version (2) · u64 segment id · u32 bytes of the column list · column list · u32 CRC-32C of all before</code>
/// The column list is UTF-8, names separated by commas.
/// </summary>
internal sealed record SegmentHeader(ulong Id, IReadOnlyList<string> Columns, int Bytes)
{
    private const uint FormatVersion = 2;
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

    /// <summary>Null if the file doesn't begin with an undamaged header.</summary>
    /// <exception cref="IOException">The header is undamaged, and of a format this version can't read.</exception>
    public static SegmentHeader? Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < FixedBytes || !file.StartsWith("LMSPOOL1"u8))
            return null;
        var nameBytes = BinaryPrimitives.ReadUInt32LittleEndian(file[20..]);
        if (nameBytes > file.Length - FixedBytes - sizeof(uint))
            return null;
        var end = FixedBytes + (int)nameBytes;
        if (BinaryPrimitives.ReadUInt32LittleEndian(file[end..]) != Crc32C.Of(file[..end]))
            return null;

        var id = BinaryPrimitives.ReadUInt64LittleEndian(file[12..]);
        if (BinaryPrimitives.ReadUInt32LittleEndian(file[8..]) is not FormatVersion and var version)
        {
            throw new IOException(
                $"Segment {id} of the spool has format {version}; this version reads {FormatVersion}. Start the version that wrote it and stop it with SIGTERM: it empties the spool.");
        }

        var columns = Encoding.UTF8.GetString(file[FixedBytes..end]).Split(',');
        return new(id, columns, end + sizeof(uint));
    }
}
