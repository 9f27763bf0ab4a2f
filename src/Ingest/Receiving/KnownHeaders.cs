using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace LifecycleMetrics.Ingest.Receiving;

/// <summary>
/// Header values that were found to hold a good key, so that a sender's next request needs no hashing. Of fixed size; a
/// value that holds no key never gets in, and comparing takes as long whatever the difference is.
/// </summary>
internal sealed class KnownHeaders
{
    private const int Slots = 256;
    private const int MaxCharacters = 512;
    private readonly Entry?[] _slots = new Entry?[Slots];

    public WriteKey? Find(string header)
    {
        if (Volatile.Read(ref _slots[SlotOf(header)]) is not { } entry)
            return null;
        // Kestrel gives the same string again for the requests of a connection.
        return ReferenceEquals(entry.Header, header) || CryptographicOperations.FixedTimeEquals(BytesOf(entry.Header), BytesOf(header))
            ? entry.Key
            : null;
    }

    public void Add(string header, WriteKey key)
    {
        if (header.Length <= MaxCharacters)
            Volatile.Write(ref _slots[SlotOf(header)], new Entry(header, key));
    }

    // Strings hash differently in every process, so nobody outside knows which values share a slot.
    private static int SlotOf(string header) => string.GetHashCode(header, StringComparison.Ordinal) & (Slots - 1);

    private static ReadOnlySpan<byte> BytesOf(string text) => MemoryMarshal.AsBytes(text.AsSpan());

    private sealed record Entry(string Header, WriteKey Key);
}
