using LifecycleMetrics.Ingest.Outcomes;

namespace LifecycleMetrics.Ingest.Importing.Http;

/// <summary>Counts what becomes of imported events as it is counted of those of requests.</summary>
internal sealed class CountedTarget(IImportTarget target, IngestSource source, OutcomeCounts outcomes) : IImportTarget
{
    public bool NeedsSourceInContext => target.NeedsSourceInContext;

    public async Task<IngestReceipt> SendAsync(ReadOnlyMemory<byte> batch, CancellationToken cancellationToken)
    {
        var receipt = await target.SendAsync(batch, cancellationToken);
        outcomes.Add(source, receipt);
        return receipt;
    }
}
