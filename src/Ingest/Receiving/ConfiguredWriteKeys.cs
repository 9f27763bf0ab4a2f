using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace LifecycleMetrics.Ingest.Receiving;

/// <summary>
/// The write keys of the configuration. A key has the form <c>lm_write_&lt;id&gt;_&lt;secret&gt;</c> and is found by its
/// hash; any other text is accepted too if its hash is configured, so that keys of another system can move here.
/// </summary>
internal sealed class ConfiguredWriteKeys
{
    private const int MaxKeyCharacters = 256;
    private const int MaxKeyBytes = 3 * MaxKeyCharacters;

    // Looking a hash up takes no fixed time, and need not: nobody can make texts whose hashes come closer to a key's.
    private readonly Dictionary<UInt128, Entry> _entries = [];

    public ConfiguredWriteKeys(IngestOptions options, TimeProvider time)
    {
        foreach (var key in options.Keys)
        {
            var hash = Convert.FromHexString(key.Sha256);
            _entries[StartOf(hash)] = new Entry(hash, Encoding.UTF8.GetBytes(key.Id), new WriteKey(key, time));
        }
    }

    /// <summary>The key of that text; null if it is none.</summary>
    public WriteKey? Find(ReadOnlySpan<char> key)
    {
        if (key.Length > MaxKeyCharacters)
            return null;
        Span<byte> bytes = stackalloc byte[MaxKeyBytes];
        return Find(bytes[..Encoding.UTF8.GetBytes(key, bytes)]);
    }

    /// <summary>The key of that text in UTF-8; null if it is none.</summary>
    public WriteKey? Find(ReadOnlySpan<byte> key)
    {
        if (key.Length is 0 or > MaxKeyBytes)
            return null;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(key, hash);
        return _entries.TryGetValue(StartOf(hash), out var entry)
            && CryptographicOperations.FixedTimeEquals(hash, entry.Hash)
            && NamesNoOtherId(key, entry.Id)
            ? entry.Key
            : null;
    }

    /// <summary>True if a page of that origin may send with any of the keys.</summary>
    public bool AnyAllows(string origin)
    {
        foreach (var entry in _entries.Values)
        {
            if (entry.Key.Origins.Contains(origin))
                return true;
        }

        return false;
    }

    private static bool NamesNoOtherId(ReadOnlySpan<byte> key, ReadOnlySpan<byte> id)
    {
        var prefix = "lm_write_"u8;
        if (!key.StartsWith(prefix))
            return true;
        key = key[prefix.Length..];
        var end = key.IndexOf((byte)'_');
        return end < 0 || key[..end].SequenceEqual(id);
    }

    private static UInt128 StartOf(ReadOnlySpan<byte> hash) => BinaryPrimitives.ReadUInt128LittleEndian(hash);

    private sealed record Entry(byte[] Hash, byte[] Id, WriteKey Key);
}
