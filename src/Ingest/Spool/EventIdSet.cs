using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace LifecycleMetrics.Ingest.Spool;

/// <summary>
/// 128-bit hashes, each with a mark from 1 to 255, in 16 bytes a slot. Open addressing in 32 shards, each of which
/// grows for itself, so that growth neither stops the world nor holds everything twice. Memory lies outside of the
/// collected heap, in large pages where the system has them.
/// </summary>
/// <remarks>
/// The highest byte of a hash says which shard it is in; in the slot the mark stands in its place. So 125 of the 128 bits
/// are compared. A search begins at a line of the processor's cache, four slots, and mostly ends in it. A mark of 0 is a
/// free slot. Hashes are removed by giving them a mark that the caller counts as dead: new hashes take their slots, the
/// rest is taken back shard by shard.
/// </remarks>
internal sealed unsafe class EventIdSet : IDisposable
{
    private const int ShardCount = 32;
    private const int FirstSlots = 64;
    private const int LineSlots = 4;
    private const int LineBytes = 64;

    // Slots used at most: beyond it linear probing gets slow.
    private const double MaxLoad = 0.75;
    private const double Growth = 1.25;
    private const int MarkShift = 56;
    private const ulong HashMask = (1UL << MarkShift) - 1;

    private readonly Shard[] _shards = new Shard[ShardCount];
    private readonly bool[] _isLive = new bool[256];
    private readonly int[] _counts = new int[256];
    private readonly SpareMemory _spare = new();
    private int _nextSweep;
    private bool _isDisposed;

    /// <summary>Bytes the slots take.</summary>
    public long Bytes { get; private set; }

    /// <summary>Hashes with a mark, dead or not.</summary>
    public int CountOf(byte mark) => _counts[mark];

    /// <summary>Says whether hashes of a mark count as there. Dead ones can be added again.</summary>
    public void SetLive(byte mark, bool isLive) => _isLive[mark] = isLive;

    /// <summary>Gets the slot of a hash into the processor's cache, some time before it is looked at.</summary>
    public void Prefetch(UInt128 hash)
    {
        ref var shard = ref ShardOf(hash);
        if (!Sse.IsSupported || shard.Capacity == 0)
            return;
        // Every third search or so goes on in the next line.
        var line = shard.Slots + Home((ulong)hash, shard.Capacity);
        Sse.Prefetch0(line);
        Sse.Prefetch0(line + LineSlots);
    }

    /// <summary>The mark of a hash that is there; 0 if it is not.</summary>
    public byte Find(UInt128 hash)
    {
        ref var shard = ref ShardOf(hash);
        if (shard.Capacity == 0)
            return 0;
        var mark = Find(ref shard, hash)->Mark;
        return _isLive[mark] ? mark : (byte)0;
    }

    /// <summary>False if the hash is there already; its mark stays then.</summary>
    public bool Add(UInt128 hash, byte mark)
    {
        ref var shard = ref ShardOf(hash);
        if (shard.Used >= (int)(shard.Capacity * MaxLoad))
            Rebuild(ref shard);
        var slot = FindFor(ref shard, hash);
        var found = slot->Mark;
        if (_isLive[found])
            return false;
        if (found == 0)
            shard.Used++;
        else
            _counts[found]--;
        *slot = new Slot(hash, mark);
        _counts[mark]++;
        return true;
    }

    /// <summary>Gives a hash that is there another mark.</summary>
    public void SetMark(UInt128 hash, byte mark)
    {
        ref var shard = ref ShardOf(hash);
        var slot = Find(ref shard, hash);
        _counts[slot->Mark]--;
        _counts[mark]++;
        *slot = new Slot(hash, mark);
    }

    /// <summary>Takes back the slots of the dead hashes of one shard, the next one in turn.</summary>
    public void SweepNext()
    {
        Rebuild(ref _shards[_nextSweep]);
        _nextSweep = (_nextSweep + 1) % ShardCount;
    }

    /// <summary>Takes back the slots of all dead hashes.</summary>
    public void Sweep()
    {
        for (var i = 0; i < ShardCount; i++)
            SweepNext();
    }

    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        _spare.Dispose();
        foreach (ref var shard in _shards.AsSpan())
        {
            HugePages.Free(shard.Slots, (long)shard.Capacity * sizeof(Slot));
            shard = default;
        }
    }

    private static uint Home(ulong low, int capacity) =>
        (uint)(((ulong)(uint)low * (uint)(capacity / LineSlots)) >> 32) * LineSlots;

    private ref Shard ShardOf(UInt128 hash)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return ref _shards[(int)((ulong)(hash >> 64) >> MarkShift) % ShardCount];
    }

    // The slot of the hash, or the free one where it would be.
    private static Slot* Find(ref Shard shard, UInt128 hash)
    {
        var key = new Slot(hash, 0);
        var at = Home(key.Low, shard.Capacity);
        while (true)
        {
            var slot = shard.Slots + at;
            if (slot->Mark == 0 || (slot->Low == key.Low && (slot->High & HashMask) == key.High))
                return slot;
            if (++at == shard.Capacity)
                at = 0;
        }
    }

    // Hashes are spread evenly, so shards of one size would all grow at the same time. They begin at different sizes
    // within one step of growth, and so take turns.
    private int FirstSlotsOf(ref Shard shard)
    {
        var number = (int)(Unsafe.ByteOffset(ref _shards[0], ref shard) / Unsafe.SizeOf<Shard>());
        return (int)(FirstSlots * Math.Pow(Growth, (double)number / ShardCount));
    }

    // The slot of the hash, or the one it is to be put into: the first that is dead on the way, else the free one.
    private Slot* FindFor(ref Shard shard, UInt128 hash)
    {
        var key = new Slot(hash, 0);
        var at = Home(key.Low, shard.Capacity);
        Slot* dead = null;
        while (true)
        {
            var slot = shard.Slots + at;
            var mark = slot->Mark;
            if (mark == 0)
                return dead == null ? slot : dead;
            if (slot->Low == key.Low && (slot->High & HashMask) == key.High)
                return slot;
            if (dead == null && !_isLive[mark])
                dead = slot;
            if (++at == shard.Capacity)
                at = 0;
        }
    }

    private void Rebuild(ref Shard shard)
    {
        var live = 0;
        for (var i = 0; i < shard.Capacity; i++)
        {
            if (_isLive[shard.Slots[i].Mark])
                live++;
        }

        // With many dead the same room does; room for a quarter more otherwise.
        var wanted = Math.Max(FirstSlotsOf(ref shard), (long)(live * Growth / MaxLoad) + 1);
        var bytes = (wanted + LineSlots - 1) / LineSlots * LineBytes;
        var next = new Shard { Slots = (Slot*)_spare.Take(bytes, LineBytes), Capacity = (int)(bytes / sizeof(Slot)), Used = live };
        for (var i = 0; i < shard.Capacity; i++)
        {
            var slot = shard.Slots[i];
            if (_isLive[slot.Mark])
                *FirstFree(ref next, slot.Low) = slot;
            else if (slot.Mark != 0)
                _counts[slot.Mark]--;
        }

        _spare.Give(shard.Slots, (long)shard.Capacity * sizeof(Slot));
        Bytes += (long)(next.Capacity - shard.Capacity) * sizeof(Slot);
        shard = next;
    }

    private static Slot* FirstFree(ref Shard shard, ulong low)
    {
        var at = Home(low, shard.Capacity);
        while (shard.Slots[at].Mark != 0)
        {
            if (++at == shard.Capacity)
                at = 0;
        }

        return shard.Slots + at;
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Shard
    {
        public Slot* Slots;
        public int Capacity;
        public int Used;
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Slot(UInt128 hash, byte mark)
    {
        public readonly ulong Low = (ulong)hash;
        public readonly ulong High = ((ulong)(hash >> 64) & HashMask) | ((ulong)mark << MarkShift);

        public byte Mark => (byte)(High >> MarkShift);
    }
}
