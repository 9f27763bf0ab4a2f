using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace LifecycleMetrics.Ingest.Receiving;

/// <summary>
/// The write keys of the configuration. A key has the form <c>lm_write_&lt;id&gt;_&lt;secret&gt;</c> and is found by its
/// id; any other text is accepted too if its hash is configured, so that keys of another system can move here.
/// </summary>
internal sealed class ConfiguredWriteKeys(IngestOptions options) : IWriteKeys
{
    private const int MaxKeyCharacters = 256;
    private const string Prefix = "lm_write_";

    private readonly Entry[] _entries =
    [
        .. options.Keys.Select(key => new Entry(
            key.Id, Convert.FromHexString(key.Sha256), key.LoopbackOnly, new IngestSource(key.Id, key.Source, key.Trusted))),
    ];

    public IngestSource? Find(string key, IPAddress? remoteAddress)
    {
        if (key.Length is 0 or > MaxKeyCharacters)
            return null;

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(key), hash);
        var id = IdOf(key);
        Entry? found = null;
        // No early exit: the time taken says nothing about which key came close.
        foreach (var entry in _entries)
        {
            if (CryptographicOperations.FixedTimeEquals(hash, entry.Hash) && (id is null || string.Equals(id, entry.Id, StringComparison.Ordinal)))
                found = entry;
        }

        if (found is null || (found.LoopbackOnly && !IsLoopback(remoteAddress)))
            return null;
        return found.Source;
    }

    private static string? IdOf(string key)
    {
        if (!key.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        var end = key.IndexOf('_', Prefix.Length);
        return end < 0 ? null : key[Prefix.Length..end];
    }

    private static bool IsLoopback(IPAddress? address) =>
        address is not null && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    private sealed record Entry(string Id, byte[] Hash, bool LoopbackOnly, IngestSource Source);
}
