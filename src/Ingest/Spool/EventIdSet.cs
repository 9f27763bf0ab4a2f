namespace LifecycleMetrics.Ingest.Spool;

/// <summary>A set of 128-bit hashes by open addressing: 16 bytes a slot, at most three quarters of the slots used.</summary>
internal sealed class EventIdSet
{
    private UInt128[] _slots = new UInt128[1_024];

    public int Count { get; private set; }

    public bool Contains(UInt128 hash) => _slots[Find(Key(hash))] != UInt128.Zero;

    /// <summary>False if the hash is in the set already.</summary>
    public bool Add(UInt128 hash)
    {
        var key = Key(hash);
        var slot = Find(key);
        if (_slots[slot] != UInt128.Zero)
            return false;
        _slots[slot] = key;
        Count++;
        if (Count > _slots.Length / 4 * 3)
            Grow();
        return true;
    }

    // Zero marks a free slot.
    private static UInt128 Key(UInt128 hash) => hash == UInt128.Zero ? UInt128.One : hash;

    private int Find(UInt128 key)
    {
        var mask = _slots.Length - 1;
        var slot = (int)(ulong)key & mask;
        while (_slots[slot] != UInt128.Zero && _slots[slot] != key)
            slot = (slot + 1) & mask;
        return slot;
    }

    private void Grow()
    {
        var old = _slots;
        _slots = new UInt128[old.Length * 2];
        foreach (var key in old)
        {
            if (key != UInt128.Zero)
                _slots[Find(key)] = key;
        }
    }
}
