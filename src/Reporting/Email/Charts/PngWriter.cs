using System.Buffers.Binary;
using System.IO.Compression;

namespace LifecycleMetrics.Reporting.Email.Charts;

/// <summary>Writes palette pictures as PNG (ISO/IEC 15948): signature, IHDR, PLTE, IDAT, IEND.</summary>
public static class PngWriter
{
    private const byte DepthBits = 8;
    private const byte ColourTypePalette = 3;

    public static byte[] Write(PaletteImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        WriteChunk(file, "IHDR"u8, Header(image));
        WriteChunk(file, "PLTE"u8, Palette(image));
        WriteChunk(file, "IDAT"u8, Pixels(image));
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Header(PaletteImage image)
    {
        // Compression, filter and interlace methods stay 0.
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, image.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), image.Height);
        header[8] = DepthBits;
        header[9] = ColourTypePalette;
        return header;
    }

    private static byte[] Palette(PaletteImage image) =>
        [.. image.Palette.SelectMany(color => new[] { color.Red, color.Green, color.Blue })];

    private static byte[] Pixels(PaletteImage image)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (var y = 0; y < image.Height; y++)
            {
                zlib.WriteByte(0); // Each row begins with its filter: none.
                zlib.Write(image.Row(y));
            }
        }

        return compressed.ToArray();
    }

    private static void WriteChunk(Stream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Checksum.Crc32(type, data));
        file.Write(number);
    }
}
