using System.Collections.Concurrent;
using System.Net;
using LifecycleMetrics.Ingest.Spool;
using LifecycleMetrics.Ingest.Traffic;
using LifecycleMetrics.Ingest.Validation;

namespace LifecycleMetrics.Ingest.Receiving;

/// <summary>The path of every event, whoever sends it: read, validate, commit to the spool.</summary>
internal sealed class IngestPipeline(
    IngestOptions options, TrafficRules traffic, GroupCommit commit, IngestMetrics metrics, TimeProvider time) : IIngest
{
    // What a burst leaves behind beyond this is left to the collector.
    private const long MaxIdleBytes = 64 * 1024 * 1024;
    private readonly ConcurrentBag<IngestWorkspace> _idle = [];
    private long _idleBytes;

    public async Task<IngestReceipt> IngestAsync(
        ReadOnlyMemory<byte> segmentJsonBatch, IngestSource source, CancellationToken cancellationToken)
    {
        if (segmentJsonBatch.Length > options.MaxBatchBytes)
        {
            throw new IngestFormatException(
                "body_too_large", $"The batch is larger than {options.MaxBatchBytes} bytes (Ingest:MaxBatchBytes).");
        }

        var workspace = Rent();
        workspace.Body.Truncate(0);
        workspace.Body.Write(segmentJsonBatch.Span);
        workspace.Read(isBatch: true);
        while (true)
        {
            if (await CommitAsync(workspace, EventType.Unknown, source, client: null) is { } receipt)
            {
                Return(workspace);
                return receipt;
            }

            await Task.Delay(options.Spool.RetryAfter, time, cancellationToken);
        }
    }

    /// <summary>Validates and commits what the workspace has read; null if the spool has no room.</summary>
    public async Task<IngestReceipt?> CommitAsync(
        IngestWorkspace workspace, EventType type, IngestSource source, IPAddress? client)
    {
        workspace.Validate(type, source, time.GetUtcNow(), client);
        var batch = workspace.Batch;
        var outcome = await commit.AppendAsync(batch);
        if (outcome.IsBusy)
            return null;
        metrics.Taken(outcome.Accepted, outcome.Duplicates.Count, batch.Errors);
        return new IngestReceipt(outcome.Accepted, batch.Errors.Count, outcome.Duplicates.Count, batch.Errors)
        {
            Sources = SourcesOf(batch, outcome.Duplicates),
        };
    }

    private static SourceReceipt[] SourcesOf(EventBatch batch, IReadOnlyList<int> duplicates)
    {
        if (batch.RowSources.Count == 0)
            return [];
        var repeated = duplicates.ToHashSet();
        return
        [
            .. batch.RowSources
                .Select((source, row) => (Source: source, IsRepeated: repeated.Contains(row)))
                .GroupBy(row => row.Source, StringComparer.Ordinal)
                .Select(rows => new SourceReceipt(rows.Key, rows.Count(row => !row.IsRepeated), rows.Count(row => row.IsRepeated))),
        ];
    }

    public IngestWorkspace Rent()
    {
        if (!_idle.TryTake(out var workspace))
            return new IngestWorkspace(options, traffic);
        Interlocked.Add(ref _idleBytes, -workspace.Bytes);
        return workspace;
    }

    /// <summary>Gives a workspace back; one that failed half-way is simply not returned.</summary>
    public void Return(IngestWorkspace workspace)
    {
        var bytes = workspace.Bytes;
        if (Interlocked.Add(ref _idleBytes, bytes) <= MaxIdleBytes)
            _idle.Add(workspace);
        else
            Interlocked.Add(ref _idleBytes, -bytes);
    }
}
