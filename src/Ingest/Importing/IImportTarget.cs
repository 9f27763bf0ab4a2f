namespace LifecycleMetrics.Ingest.Importing;

/// <summary>Where imported events go: this process's ingest path, or a running server.</summary>
public interface IImportTarget
{
    /// <summary>True if the source must be named in the events, as the target knows only a key.</summary>
    bool NeedsSourceInContext { get; }

    /// <summary>Hands a batch over; returns when it is safe.</summary>
    /// <param name="batch"><c>{"batch":[…]}</c> as UTF-8; not kept.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IngestReceipt> SendAsync(ReadOnlyMemory<byte> batch, CancellationToken cancellationToken);
}
