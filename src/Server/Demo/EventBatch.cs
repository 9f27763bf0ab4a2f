using System.Buffers;

namespace LifecycleMetrics.Server.Demo;

/// <summary>A request body of the demo; disposing it gives its memory back.</summary>
internal sealed class EventBatch : IDisposable
{
    private byte[]? _rented;

    public EventBatch(int number, int events, long sentAt, ReadOnlySpan<byte> body)
    {
        Number = number;
        Events = events;
        SentAt = sentAt;
        _rented = ArrayPool<byte>.Shared.Rent(body.Length);
        body.CopyTo(_rented);
        Body = _rented.AsMemory(0, body.Length);
    }

    /// <summary>Position among the batches, from 0.</summary>
    public int Number { get; }

    public int Events { get; }

    /// <summary>When its last event is sent within the history, in milliseconds since 1970.</summary>
    public long SentAt { get; }

    /// <summary><c>{"batch":[…]}</c> as UTF-8.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _rented, null) is { } rented)
            ArrayPool<byte>.Shared.Return(rented);
    }
}
