using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using LifecycleMetrics.Reporting.Email.Charts;

namespace LifecycleMetrics.Reporting.Tests.Email.Charts;

public sealed class PngWriterTests
{
    [Fact]
    public void Write_ThenDecoded_GivesThePixels()
    {
        var image = new PaletteImage(3, 2, [PaletteColor.Parse("#ffffff"), PaletteColor.Parse("#2563eb")]);
        image.Set(1, 0, 1);
        image.Set(2, 1, 1);
        image.Set(3, 0, 1); // outside: left away
        var (chunks, pixels) = Decode(PngWriter.Write(image));
        Assert.Equal(["IHDR", "PLTE", "IDAT", "IEND"], chunks.Keys);
        Assert.Equal([0, 0, 0, 3, 0, 0, 0, 2, 8, 3, 0, 0, 0], chunks["IHDR"]);
        Assert.Equal([255, 255, 255, 0x25, 0x63, 0xEB], chunks["PLTE"]);
        Assert.Equal([0, 0, 1, 0, 0, 0, 0, 1], pixels);
    }

    /// <summary>Takes a file apart and checks each checksum against that of the zip format, which is the same one.</summary>
    private static (Dictionary<string, byte[]> Chunks, byte[] Pixels) Decode(byte[] file)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], file[..8]);
        var chunks = new Dictionary<string, byte[]>();
        for (var i = 8; i < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(i));
            var type = Encoding.ASCII.GetString(file, i + 4, 4);
            chunks[type] = file[(i + 8)..(i + 8 + length)];
            Assert.Equal(ZipCrc(file[(i + 4)..(i + 8 + length)]), BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(i + 8 + length)));
            i += 12 + length;
        }

        using var zlib = new ZLibStream(new MemoryStream(chunks["IDAT"]), CompressionMode.Decompress);
        using var pixels = new MemoryStream();
        zlib.CopyTo(pixels);
        return (chunks, pixels.ToArray());
    }

    private static uint ZipCrc(byte[] data)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("x").Open();
            entry.Write(data);
        }

        using var read = new ZipArchive(stream, ZipArchiveMode.Read);
        return read.Entries[0].Crc32;
    }
}
