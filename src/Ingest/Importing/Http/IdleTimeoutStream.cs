namespace LifecycleMetrics.Ingest.Importing.Http;

/// <summary>
/// A body that may come as slowly as its sender makes it, but comes: a connection whose other end is gone without a word
/// would be read for ever. Time in which the server does not read does not count.
/// </summary>
internal sealed class IdleTimeoutStream(Stream body, TimeSpan idleTimeout, TimeProvider time) : ReadOnlyStream
{
    /// <exception cref="IdleBodyException">Nothing came for too long.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var idle = new CancellationTokenSource(idleTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, cancellationToken);
        try
        {
            return await body.ReadAsync(buffer, either.Token);
        }
        catch (OperationCanceledException) when (idle.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new IdleBodyException(idleTimeout);
        }
    }

    public override int Read(Span<byte> buffer) => throw new NotSupportedException();
}
