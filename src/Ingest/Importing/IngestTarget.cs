namespace LifecycleMetrics.Ingest.Importing;

/// <summary>Hands imported events to the ingest path of this process.</summary>
public sealed class IngestTarget(IIngest ingest, string source) : IImportTarget
{
    private readonly IngestSource _source = new("import", source);

    /// <inheritdoc/>
    public bool NeedsSourceInContext => false;

    /// <inheritdoc/>
    public Task<IngestReceipt> SendAsync(ReadOnlyMemory<byte> batch, CancellationToken cancellationToken) =>
        ingest.IngestAsync(batch, _source, cancellationToken);
}
