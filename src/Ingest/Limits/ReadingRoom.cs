using Microsoft.AspNetCore.Http;

namespace LifecycleMetrics.Ingest.Limits;

/// <summary>
/// The memory that the bodies under way may take together. A body's share is set aside before it is read, by the length it
/// names or the most it could have, so that no number of senders makes the server run out.
/// </summary>
/// <remarks>
/// Requests whose key stands in the body are read before anyone knows who sends. They get half of the room at most: whoever has
/// no key can't shut out those who show one.
/// </remarks>
internal sealed class ReadingRoom(IngestOptions options)
{
    private long _taken;
    private long _takenByUnknown;

    /// <summary>Bytes set aside at the moment.</summary>
    public long Taken => Volatile.Read(ref _taken);

    /// <summary>Sets room aside for a request; 0 if there is none at the moment.</summary>
    /// <param name="request">The request, its body not read yet.</param>
    /// <param name="isKnown">True if the request has shown a key that may send.</param>
    public long TryEnter(HttpRequest request, bool isKnown)
    {
        var bytes = Need(request);
        if (!isKnown && !TryAdd(ref _takenByUnknown, bytes, options.MaxReadingBytes / 2))
            return 0;
        if (TryAdd(ref _taken, bytes, options.MaxReadingBytes))
            return bytes;
        if (!isKnown)
            Interlocked.Add(ref _takenByUnknown, -bytes);
        return 0;
    }

    /// <summary>Gives back what <see cref="TryEnter"/> set aside.</summary>
    public void Leave(long bytes, bool isKnown)
    {
        Interlocked.Add(ref _taken, -bytes);
        if (!isKnown)
            Interlocked.Add(ref _takenByUnknown, -bytes);
    }

    // A compressed body stands beside its text.
    private long Need(HttpRequest request)
    {
        var sent = Math.Min(request.ContentLength ?? options.MaxBatchBytes, options.MaxBatchBytes);
        return Math.Max(1, request.Headers.ContentEncoding.Count == 0 ? sent : sent + options.MaxBatchBytes);
    }

    private static bool TryAdd(ref long taken, long bytes, long max)
    {
        if (Interlocked.Add(ref taken, bytes) <= max)
            return true;
        Interlocked.Add(ref taken, -bytes);
        return false;
    }
}
