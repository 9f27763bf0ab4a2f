using System.Runtime.InteropServices;

namespace LifecycleMetrics.Ingest.Spool;

/// <summary>One piece of memory kept for who next needs as much, which spares the system finding and clearing its pages.</summary>
internal sealed unsafe class SpareMemory : IDisposable
{
    private void* _memory;
    private long _bytes;

    /// <summary>Zeroed memory.</summary>
    public void* Take(long bytes, int alignment)
    {
        if (bytes != _bytes)
            return HugePages.Allocate(bytes, alignment);
        var memory = _memory;
        _memory = null;
        _bytes = 0;
        NativeMemory.Clear(memory, (nuint)bytes);
        return memory;
    }

    /// <summary>Gives memory back that <see cref="Take"/> gave.</summary>
    public void Give(void* memory, long bytes)
    {
        HugePages.Free(_memory, _bytes);
        _memory = memory;
        _bytes = bytes;
    }

    public void Dispose() => Give(null, 0);
}
