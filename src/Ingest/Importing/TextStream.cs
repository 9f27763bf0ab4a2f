using System.IO.Compression;
using System.Text;

namespace LifecycleMetrics.Ingest.Importing;

/// <summary>Brings what is imported to plain UTF-8, whatever it comes as: compressed, in another encoding, with a byte order mark.</summary>
internal static class TextStream
{
    private const int HeadBytes = 4;

    /// <summary>The text as UTF-8. Compression is told by the first bytes, not by a name or header.</summary>
    /// <param name="content">Disposed with the stream returned.</param>
    /// <param name="encoding">Encoding if no byte order mark says otherwise.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<Stream> OpenAsync(Stream content, Encoding encoding, CancellationToken cancellationToken)
    {
        var (stream, head) = await PeekAsync(content, cancellationToken);
        if (head.Span.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
            (stream, head) = await PeekAsync(new GZipStream(stream, CompressionMode.Decompress), cancellationToken);

        var (marked, markBytes) = Mark(head.Span);
        if (markBytes > 0)
            await stream.ReadExactlyAsync(new byte[markBytes], cancellationToken);
        encoding = marked ?? encoding;
        return encoding is UTF8Encoding ? stream : Encoding.CreateTranscodingStream(stream, encoding, Encoding.UTF8);
    }

    private static (Encoding? Encoding, int Bytes) Mark(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            return (Encoding.UTF8, 3);
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return (Encoding.Unicode, 2);
        return head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? (Encoding.BigEndianUnicode, 2) : (null, 0);
    }

    private static async Task<(Stream Stream, ReadOnlyMemory<byte> Head)> PeekAsync(Stream content, CancellationToken cancellationToken)
    {
        var head = new byte[HeadBytes];
        var length = await content.ReadAtLeastAsync(head, HeadBytes, throwOnEndOfStream: false, cancellationToken);
        return (new PrefixedStream(head.AsMemory(0, length), content), head.AsMemory(0, length));
    }
}
