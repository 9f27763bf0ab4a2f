using System.Buffers;

namespace LifecycleMetrics.Ingest.Writing.Native;

/// <summary>The pieces of a request body, sent one after the other from where they lie.</summary>
internal sealed class NativeParts
{
    private Part? _first;
    private Part? _last;

    /// <summary>Appends bytes that stay as they are until the body is sent.</summary>
    public void Add(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty)
            return;
        var part = new Part(bytes, _last);
        _first ??= part;
        _last = part;
    }

    public ReadOnlySequence<byte> ToSequence() =>
        _first is null ? default : new ReadOnlySequence<byte>(_first, 0, _last!, _last!.Memory.Length);

    private sealed class Part : ReadOnlySequenceSegment<byte>
    {
        public Part(ReadOnlyMemory<byte> bytes, Part? before)
        {
            Memory = bytes;
            if (before is null)
                return;
            RunningIndex = before.RunningIndex + before.Memory.Length;
            before.Next = this;
        }
    }
}
