using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using LifecycleMetrics.Reporting.OData.Querying;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Reporting.OData.Paging;

/// <summary>
/// Writes and reads $skiptoken: opaque, bound to its query, and signed, so that a client can only go where a page ended.
/// </summary>
internal sealed class PageTokens
{
    private const byte Version = 1;
    private const int SignatureBytes = 16;
    private const int QueryBytes = 8;

    private readonly byte[] _key;

    public PageTokens(IOptions<ODataOptions> options, ILogger<PageTokens> logger)
    {
        if (options.Value.PageTokenKey is { } configured)
        {
            _key = Convert.FromBase64String(configured);
            return;
        }

        _key = RandomNumberGenerator.GetBytes(32);
        logger.TokenKeyIsRandom();
    }

    public string Write(ODataRequest request, PageToken token)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Version);
            writer.Write(Fingerprint(request));
            writer.Write7BitEncodedInt64(token.Delivered);
            writer.Write7BitEncodedInt64(token.Count ?? -1);
            writer.Write7BitEncodedInt(token.Values.Count);
            foreach (var value in token.Values)
            {
                writer.Write(value is not null);
                if (value is not null)
                    writer.Write(value);
            }
        }

        bytes.Write(Sign(bytes.ToArray()));
        return Base64Url.EncodeToString(bytes.ToArray());
    }

    /// <exception cref="ODataRequestException">Not a token of this service, or of another query.</exception>
    public PageToken Read(ODataRequest request, string text)
    {
        var bytes = Decode(text);
        if (bytes is null || bytes.Length < SignatureBytes + QueryBytes + 1
            || !CryptographicOperations.FixedTimeEquals(Sign(bytes.AsSpan(0, bytes.Length - SignatureBytes)), bytes.AsSpan(bytes.Length - SignatureBytes))
            || bytes[0] != Version)
        {
            throw Refused("is not from this service, or the service was restarted since; read the set again from its start");
        }

        if (!bytes.AsSpan(1, QueryBytes).SequenceEqual(Fingerprint(request)))
            throw Refused("belongs to another query; follow a nextLink as it is");
        using var reader = new BinaryReader(new MemoryStream(bytes, 1 + QueryBytes, bytes.Length - 1 - QueryBytes - SignatureBytes));
        var delivered = reader.Read7BitEncodedInt64();
        var count = reader.Read7BitEncodedInt64();
        var values = new string?[reader.Read7BitEncodedInt()];
        for (var i = 0; i < values.Length; i++)
            values[i] = reader.ReadBoolean() ? reader.ReadString() : null;
        return new PageToken(delivered, count < 0 ? null : count, values);
    }

    private static byte[]? Decode(string text) =>
        Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;

    private static ODataRequestException Refused(string why) =>
        ODataRequestException.BadRequest("BadSkipToken", $"The $skiptoken {why}.", "$skiptoken");

    // What decides which row follows which; the selection may differ.
    private static byte[] Fingerprint(ODataRequest request)
    {
        var text = string.Join('\n', request.Set!.Name, request.Options["$filter"], request.Options["$orderby"],
            request.Options["$top"], request.Options["$skip"]);
        return SHA256.HashData(Encoding.UTF8.GetBytes(text))[..QueryBytes];
    }

    private byte[] Sign(ReadOnlySpan<byte> bytes) => HMACSHA256.HashData(_key, bytes)[..SignatureBytes];
}
