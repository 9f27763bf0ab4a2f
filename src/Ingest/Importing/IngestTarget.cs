namespace LifecycleMetrics.Ingest.Importing;

/// <summary>Hands imported events to the ingest path of this process.</summary>
/// <param name="ingest">The path.</param>
/// <param name="source">Who imports, and the source name of the events.</param>
public sealed class IngestTarget(IIngest ingest, IngestSource source) : IImportTarget
{
    /// <inheritdoc/>
    public bool NeedsSourceInContext => false;

    /// <inheritdoc/>
    public Task<IngestReceipt> SendAsync(ReadOnlyMemory<byte> batch, CancellationToken cancellationToken) =>
        ingest.IngestAsync(batch, source, cancellationToken);
}
