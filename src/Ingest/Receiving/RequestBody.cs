using System.IO.Compression;
using LifecycleMetrics.Ingest.Spool;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace LifecycleMetrics.Ingest.Receiving;

/// <summary>Reads a request body into memory, whatever its content type, undoing its Content-Encoding.</summary>
internal static class RequestBody
{
    private const int ChunkBytes = 16 * 1024;

    /// <summary>Fills <paramref name="to"/> with the decompressed body.</summary>
    /// <exception cref="IngestFormatException">The body is over the limit, as sent or decompressed, or not in its encoding.</exception>
    public static async Task ReadAsync(HttpRequest request, int maxBytes, ByteBuffer to, CancellationToken cancellationToken)
    {
        to.Truncate(0);
        if (request.ContentLength > maxBytes)
            throw TooLarge(maxBytes);
        LiftLimit(request);

        if (request.Headers.ContentEncoding.Count == 0)
        {
            await ReadPlainAsync(request, maxBytes, to, cancellationToken);
            return;
        }

        var encodings = request.Headers.ContentEncoding.ToString()
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (encodings.Length == 0 || (encodings.Length == 1 && encodings[0].Equals("identity", StringComparison.OrdinalIgnoreCase)))
        {
            await ReadPlainAsync(request, maxBytes, to, cancellationToken);
            return;
        }

        if (encodings.Length > 1)
            throw new IngestFormatException("unsupported_encoding", "Only one Content-Encoding is accepted.");
        var sent = new ByteBuffer();
        await CopyAsync(request.Body, maxBytes, sent, cancellationToken);
        await DecompressAsync(encodings[0], sent, maxBytes, to, cancellationToken);
    }

    // The limit is kept here. Kestrel's own is 30 MB, whatever the options say, and counts the heads of chunks as well.
    private static void LiftLimit(HttpRequest request)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null;
    }

    // Copied from the connection's own buffers, as much at a time as there is.
    private static async ValueTask ReadPlainAsync(HttpRequest request, int maxBytes, ByteBuffer to, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await request.BodyReader.ReadAsync(cancellationToken);
            foreach (var part in result.Buffer)
                to.Write(part.Span);
            request.BodyReader.AdvanceTo(result.Buffer.End);
            if (to.Length > maxBytes)
                throw TooLarge(maxBytes);
            if (result.IsCompleted)
                return;
        }
    }

    private static async Task DecompressAsync(
        string encoding, ByteBuffer sent, int maxBytes, ByteBuffer to, CancellationToken cancellationToken)
    {
        using var source = new MemoryStream(sent.WrittenMemory.ToArray(), writable: false);
        await using var stream = encoding.ToLowerInvariant() switch
        {
            "gzip" or "x-gzip" => new GZipStream(source, CompressionMode.Decompress),
            "br" => new BrotliStream(source, CompressionMode.Decompress),
            // HTTP means zlib by "deflate", some clients send the bare form.
            "deflate" when IsZlib(sent.Written) => new ZLibStream(source, CompressionMode.Decompress),
            "deflate" => (Stream)new DeflateStream(source, CompressionMode.Decompress),
            _ => throw new IngestFormatException(
                "unsupported_encoding", "The Content-Encoding is not supported. Use gzip, deflate, br or none."),
        };
        try
        {
            await CopyAsync(stream, maxBytes, to, cancellationToken);
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException or IOException)
        {
            throw new IngestFormatException("invalid_encoding", $"The body is not valid {encoding.ToLowerInvariant()}.", e);
        }
    }

    private static bool IsZlib(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 2 && (bytes[0] & 0x0F) == 8 && ((bytes[0] << 8) + bytes[1]) % 31 == 0;

    private static async Task CopyAsync(Stream from, int maxBytes, ByteBuffer to, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await from.ReadAsync(to.GetMemory(ChunkBytes), cancellationToken);
            if (read == 0)
                return;
            to.Advance(read);
            if (to.Length > maxBytes)
                throw TooLarge(maxBytes);
        }
    }

    private static IngestFormatException TooLarge(int maxBytes) => new(
        "body_too_large",
        $"The body is larger than {maxBytes} bytes, as sent or decompressed. Send smaller batches, or raise Ingest:MaxBatchBytes.");
}
