using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;

namespace LifecycleMetrics.Server.Hosting;

/// <summary>
/// Memory that sockets read into, in blocks of 32 KB instead of the 4 KB of Kestrel's own pool: a batch of events then takes
/// a few reads, not dozens. Connections that rest hold no block.
/// </summary>
internal sealed class SocketMemory : IMemoryPoolFactory<byte>
{
    private const int BlockBytes = 32 * 1024;
    private const int MaxIdleBlocks = 512;

    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new Pool();

    private sealed class Pool : MemoryPool<byte>
    {
        private readonly ConcurrentQueue<Block> _idle = new();
        private int _idleCount;

        public override int MaxBufferSize => BlockBytes;

        public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockBytes);
            if (!_idle.TryDequeue(out var block))
                return new Block(this);
            Interlocked.Decrement(ref _idleCount);
            return block;
        }

        public void Return(Block block)
        {
            // What is too much is left to the collector.
            if (Interlocked.Increment(ref _idleCount) <= MaxIdleBlocks)
                _idle.Enqueue(block);
            else
                Interlocked.Decrement(ref _idleCount);
        }

        protected override void Dispose(bool disposing) => _idle.Clear();
    }

    // Pinned for good: the system writes into it while the collector runs.
    private sealed class Block(Pool pool) : IMemoryOwner<byte>
    {
        private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(BlockBytes, pinned: true);

        public Memory<byte> Memory => _bytes;

        public void Dispose() => pool.Return(this);
    }
}
