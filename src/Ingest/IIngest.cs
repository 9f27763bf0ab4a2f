namespace LifecycleMetrics.Ingest;

/// <summary>
/// Takes events in, in process, by the same path as HTTP: validated, de-duplicated and safe on disk when the task completes.
/// </summary>
public interface IIngest
{
    /// <summary>
    /// Takes the events of one Segment batch body, <c>{"batch":[…], "sentAt":…, "context":…}</c> as UTF-8 JSON.
    /// </summary>
    /// <remarks>
    /// Waits while the spool has no room; nothing is dropped. The same limits hold as over HTTP
    /// (<see cref="IngestOptions.MaxBatchBytes"/>, <see cref="IngestOptions.MaxBatchEvents"/>).
    /// The memory may be reused as soon as the task completes.
    /// </remarks>
    /// <exception cref="IngestFormatException">The body as a whole can't be read; none of its events is taken.</exception>
    Task<IngestReceipt> IngestAsync(
        ReadOnlyMemory<byte> segmentJsonBatch,
        IngestSource source,
        CancellationToken cancellationToken);
}
