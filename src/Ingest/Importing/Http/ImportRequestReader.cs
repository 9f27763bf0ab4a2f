using System.Text;
using LifecycleMetrics.Ingest.Receiving;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace LifecycleMetrics.Ingest.Importing.Http;

/// <summary>Finds out what a request wants imported: a file as the body, or a form with the parts <c>map</c> and <c>file</c>.</summary>
internal sealed class ImportRequestReader(ImportMaps maps)
{
    private const int MaxIdCharacters = 64;
    private const int MaxMapBytes = 64 * 1024;
    private const int MaxBoundaryCharacters = 200;

    /// <summary>Reads up to the file's first byte.</summary>
    /// <exception cref="IngestFormatException">The request can't be used.</exception>
    public async Task<ImportRequest> ReadAsync(HttpRequest request, WriteKey key, CancellationToken cancellationToken)
    {
        var id = Id(request);
        var sender = Sender(request, key.Source);
        var mapText = request.Query["map"].ToString() is { Length: > 0 } name ? await maps.ReadAsync(name, cancellationToken) : null;
        var fileName = id;
        var content = request.Body;
        CheckEncoding(request);
        if (Boundary(request) is { } boundary)
        {
            var form = new MultipartReader(boundary, request.Body);
            var part = await NextAsync(form, cancellationToken);
            if (part.Name == "map")
            {
                mapText = await ReadMapAsync(part.Section.Body, cancellationToken);
                part = await NextAsync(form, cancellationToken);
            }

            if (part.Name != "file")
                throw new IngestFormatException("file_missing", "Give the parts \"map\", if there is one, and then \"file\", and no others before it.");
            fileName = part.FileName ?? id;
            content = part.Section.Body;
        }

        var format = Format(request, hasMap: mapText is not null);
        return new(id, sender, key.Rate, format, mapText is null ? null : ImportMaps.Parse(mapText), mapText ?? "", fileName, content);
    }

    private static ImportFormat Format(HttpRequest request, bool hasMap)
    {
        var name = request.Query["format"].ToString();
        ImportFormat format = name switch
        {
            "" => hasMap ? ImportFormat.Orders : ImportFormat.Segment,
            "segment" => ImportFormat.Segment,
            "orders" => ImportFormat.Orders,
            "personas" => ImportFormat.Personas,
            _ => throw new IngestFormatException("unknown_format", "\"format\" must be segment, orders or personas."),
        };
        if (format == ImportFormat.Orders && !hasMap)
            throw new IngestFormatException("map_missing", "Orders need a map: ?map=NAME, or the part \"map\" before the part \"file\".");
        if (format != ImportFormat.Orders && hasMap)
            throw new IngestFormatException("map_refused", $"A map is for orders only; format={name} is read without one.");
        return format;
    }

    private static string Id(HttpRequest request)
    {
        var id = request.Query["id"].ToString();
        if (id.Length == 0)
            id = request.Headers["Import-Id"].ToString();
        if (id.Length == 0)
            return Guid.CreateVersion7().ToString();
        return id.Length <= MaxIdCharacters && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? id
            : throw new IngestFormatException("import_id_invalid", $"The id of an import has up to {MaxIdCharacters} letters, digits and -_. only.");
    }

    private static IngestSource Sender(HttpRequest request, IngestSource key)
    {
        var source = request.Query["source"].ToString();
        if (source.Length == 0 || source == key.Source)
            return key;
        return key.Trusted
            ? key with { Source = source }
            : throw new IngestFormatException("source_refused", "Only a trusted key may name a source other than its own.");
    }

    // A compressed file is known by its first bytes; the header may say so or not.
    private static void CheckEncoding(HttpRequest request)
    {
        var encoding = request.Headers.ContentEncoding.ToString();
        if (encoding is not ("" or "identity" or "gzip" or "x-gzip"))
            throw new IngestFormatException("unsupported_encoding", "The Content-Encoding is not supported. Use gzip or none.");
    }

    private static string? Boundary(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            return null;
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        return boundary.Length is > 0 and <= MaxBoundaryCharacters
            ? boundary
            : throw new IngestFormatException("invalid_body", "The form has no usable boundary.");
    }

    private static async Task<(MultipartSection Section, string Name, string? FileName)> NextAsync(
        MultipartReader form, CancellationToken cancellationToken)
    {
        MultipartSection? section;
        try
        {
            section = await form.ReadNextSectionAsync(cancellationToken);
        }
        catch (InvalidDataException e)
        {
            throw new IngestFormatException("invalid_body", "The form can't be read.", e);
        }

        if (section is null || section.GetContentDispositionHeader() is not { } disposition)
            throw new IngestFormatException("file_missing", "The form has no part \"file\".");
        var fileName = HeaderUtilities.RemoveQuotes(disposition.FileName).ToString();
        return (section, HeaderUtilities.RemoveQuotes(disposition.Name).ToString(), fileName.Length > 0 ? fileName : null);
    }

    private static async Task<string> ReadMapAsync(Stream part, CancellationToken cancellationToken)
    {
        var bytes = new byte[MaxMapBytes + 1];
        var length = await part.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return length <= MaxMapBytes
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : throw new IngestFormatException("map_invalid", $"The map is larger than {MaxMapBytes} bytes.");
    }
}
