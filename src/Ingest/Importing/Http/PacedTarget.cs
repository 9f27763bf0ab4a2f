using LifecycleMetrics.Ingest.Limits;

namespace LifecycleMetrics.Ingest.Importing.Http;

/// <summary>Keeps to the events a second that the write key may send: an import waits instead of being refused.</summary>
internal sealed class PacedTarget(IImportTarget target, EventRate rate, TimeProvider time) : IImportTarget
{
    public bool NeedsSourceInContext => target.NeedsSourceInContext;

    public async Task<IngestReceipt> SendAsync(ReadOnlyMemory<byte> batch, CancellationToken cancellationToken)
    {
        double paid;
        while (!rate.TryEnter(out paid, out var pause))
            await Task.Delay(pause, time, cancellationToken);
        var receipt = await target.SendAsync(batch, cancellationToken);
        rate.Charge(receipt.Accepted + receipt.Rejected + receipt.Duplicates, paid);
        return receipt;
    }
}
