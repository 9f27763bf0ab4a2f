using System.Net;

namespace ClickHouse.Data.Http;

/// <summary>The data of an insert as the body of a request: written straight from the blocks, compressed if asked for.</summary>
internal sealed class InsertContent : HttpContent
{
    private readonly ClickHouseInsert _insert;

    public InsertContent(ClickHouseInsert insert)
    {
        _insert = insert;
        if (insert.Compression != ClickHouseCompression.None)
        {
            Headers.ContentEncoding.Add(ContentCoding.Name(insert.Compression));
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (_insert.Compression == ClickHouseCompression.None)
        {
            await WriteAsync(stream, cancellationToken).ConfigureAwait(false);
            return;
        }

        await using var encoded = ContentCoding.Encode(stream, _insert.Compression);
        await WriteAsync(encoded, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Known for plain blocks; everything else is sent in chunks.</summary>
    protected override bool TryComputeLength(out long length)
    {
        length = _insert.Body?.Length ?? 0;
        return _insert.Body is not null && _insert.Compression == ClickHouseCompression.None;
    }

    private async Task WriteAsync(Stream stream, CancellationToken cancellationToken)
    {
        if (_insert.WriteBodyAsync is { } write)
        {
            await write(stream, cancellationToken).ConfigureAwait(false);
            return;
        }

        foreach (var part in _insert.Body!.Value)
        {
            await stream.WriteAsync(part, cancellationToken).ConfigureAwait(false);
        }
    }
}
