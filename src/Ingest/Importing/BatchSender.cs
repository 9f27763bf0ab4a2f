using System.Text;
using System.Text.Encodings.Web;

namespace LifecycleMetrics.Ingest.Importing;

/// <summary>
/// Gathers events and hands them over in batches, several at a time, so that reading goes on while the others are made safe.
/// Answers are taken in the order of the batches. Used by one thread at a time.
/// </summary>
internal sealed class BatchSender
{
    private readonly IImportTarget _target;
    private readonly ImportOptions _options;
    private readonly ImportCounts _counts;
    private readonly Action<EventOrigin, string, string, string> _reject;
    private readonly byte[] _head;
    private readonly Queue<(ImportBatch Batch, Task<IngestReceipt> Answer)> _inFlight = new();
    private readonly Stack<ImportBatch> _idle = new();
    private ImportBatch _batch;

    /// <param name="target">Where the events go.</param>
    /// <param name="source">Source name, for a target that must be told.</param>
    /// <param name="options">Limits.</param>
    /// <param name="counts">Takes the counts of the answers.</param>
    /// <param name="reject">Takes each refused event: origin, text, reason, message.</param>
    public BatchSender(
        IImportTarget target, string source, ImportOptions options, ImportCounts counts, Action<EventOrigin, string, string, string> reject)
    {
        _target = target;
        _options = options;
        _counts = counts;
        _reject = reject;
        _head = Encoding.UTF8.GetBytes(target.NeedsSourceInContext
            ? $$"""{"context":{"source":"{{JavaScriptEncoder.Default.Encode(source)}}"},"batch":["""
            : """{"batch":[""");
        _batch = Rent();
    }

    /// <summary>Adds an event; returns true if a batch was handed over.</summary>
    public async ValueTask<bool> AddAsync(ReadOnlyMemory<byte> json, EventOrigin origin, CancellationToken cancellationToken)
    {
        var isSent = false;
        if (_batch.Events > 0 && _batch.Bytes + json.Length + 4 > _options.BatchBytes)
        {
            await SendAsync(cancellationToken);
            isSent = true;
        }

        _batch.Add(json.Span, origin);
        _counts.Events++;
        if (_batch.Events >= _options.BatchEvents)
        {
            await SendAsync(cancellationToken);
            isSent = true;
        }

        return isSent;
    }

    /// <summary>Hands over what is left; all that was added is settled on return.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_batch.Events > 0)
            await SendAsync(cancellationToken);
        while (_inFlight.Count > 0)
            await SettleAsync();
    }

    /// <summary>Waits for what is on its way, whatever becomes of it: its memory is not to be used by two imports.</summary>
    public async Task AbandonAsync()
    {
        while (_inFlight.TryDequeue(out var sent))
            await ((Task)sent.Answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        while (_inFlight.Count >= _options.BatchesInFlight)
            await SettleAsync();
        var batch = _batch;
        batch.Close();
        _inFlight.Enqueue((batch, Task.Run(() => _target.SendAsync(batch.Body, cancellationToken), cancellationToken)));
        _batch = Rent();
    }

    private async Task SettleAsync()
    {
        var (batch, answer) = _inFlight.Peek();
        var receipt = await answer;
        _inFlight.Dequeue();
        _counts.Accepted += receipt.Accepted;
        _counts.Duplicates += receipt.Duplicates;
        foreach (var error in receipt.Errors)
        {
            var (origin, text) = batch.Origin(error.Index);
            _reject(origin, text, error.Reason, error.Message);
        }

        batch.Clear();
        _idle.Push(batch);
    }

    private ImportBatch Rent() => _idle.TryPop(out var batch) ? batch : new ImportBatch(_head, _options.BatchBytes + 64);
}
