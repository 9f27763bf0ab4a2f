using System.Net;

namespace LifecycleMetrics.EndToEnd.Tests.Faults.Harness;

/// <summary>A body of which the first bytes are sent at once and the others once it is released.</summary>
internal sealed class HeldContent(byte[] body, int first) : HttpContent
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets the rest go.</summary>
    public void Release() => _released.TrySetResult();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(body.AsMemory(0, first));
        await stream.FlushAsync();
        await _released.Task;
        await stream.WriteAsync(body.AsMemory(first));
    }

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}
