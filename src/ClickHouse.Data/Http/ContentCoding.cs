using System.IO.Compression;

namespace ClickHouse.Data.Http;

/// <summary>The HTTP content codings that the framework brings.</summary>
internal static class ContentCoding
{
    public static string Name(ClickHouseCompression compression) => compression switch
    {
        ClickHouseCompression.Gzip => "gzip",
        ClickHouseCompression.Brotli => "br",
        _ => throw new ArgumentOutOfRangeException(nameof(compression), compression, "There is no coding for it."),
    };

    public static Stream Decode(Stream stream, ICollection<string> codings) => codings switch
    {
        { Count: 0 } => stream,
        { Count: 1 } when codings.Contains("gzip") => new GZipStream(stream, CompressionMode.Decompress),
        { Count: 1 } when codings.Contains("br") => new BrotliStream(stream, CompressionMode.Decompress),
        _ => throw new NotSupportedException($"The server answered with content coding {string.Join(", ", codings)}, which was not asked for."),
    };

    public static Stream Encode(Stream stream, ClickHouseCompression compression) => compression switch
    {
        ClickHouseCompression.Gzip => new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true),
        ClickHouseCompression.Brotli => new BrotliStream(stream, CompressionLevel.Fastest, leaveOpen: true),
        _ => stream,
    };
}
