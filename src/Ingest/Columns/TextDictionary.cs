using System.IO.Hashing;
using LifecycleMetrics.Ingest.Spool;

namespace LifecycleMetrics.Ingest.Columns;

/// <summary>Distinct texts, numbered from 0 in the order in which they first came. Reused.</summary>
internal sealed class TextDictionary
{
    // Not known to senders, who could otherwise choose texts that all fall into one slot.
    private static readonly long Seed = Random.Shared.NextInt64();

    private readonly ByteBuffer _texts = new();
    private readonly List<(int Start, int Length, ulong Hash)> _entries = [];
    private int[] _slots = new int[32]; // number of the entry plus one; 0 is free
    private int _last;

    public int Count => _entries.Count;

    public ReadOnlySpan<byte> this[int number] => _texts.Written.Slice(_entries[number].Start, _entries[number].Length);

    /// <summary>The number of a text, which is added if it is new.</summary>
    public int NumberOf(ReadOnlySpan<byte> text)
    {
        // Most often a row says what the one before it said.
        if (_last < _entries.Count && this[_last].SequenceEqual(text))
            return _last;
        return _last = Find(text);
    }

    public void Reset(int keepBytes)
    {
        _texts.Reset(keepBytes);
        if (_entries.Count == 0)
            return;
        _entries.Clear();
        _last = 0;
        if (_slots.Length > 8_192)
            _slots = new int[32];
        else
            Array.Clear(_slots);
    }

    private int Find(ReadOnlySpan<byte> text)
    {
        var hash = XxHash3.HashToUInt64(text, Seed);
        var slot = Slot(hash);
        while (_slots[slot] is > 0 and var entry)
        {
            if (_entries[entry - 1].Hash == hash && this[entry - 1].SequenceEqual(text))
                return entry - 1;
            slot = (slot + 1) & (_slots.Length - 1);
        }

        _entries.Add((_texts.Length, text.Length, hash));
        _texts.Write(text);
        _slots[slot] = _entries.Count;
        if (_entries.Count * 2 > _slots.Length)
            Grow();
        return _entries.Count - 1;
    }

    private void Grow()
    {
        _slots = new int[_slots.Length * 2];
        for (var number = 0; number < _entries.Count; number++)
        {
            var slot = Slot(_entries[number].Hash);
            while (_slots[slot] > 0)
                slot = (slot + 1) & (_slots.Length - 1);
            _slots[slot] = number + 1;
        }
    }

    private int Slot(ulong hash) => (int)hash & (_slots.Length - 1);
}
