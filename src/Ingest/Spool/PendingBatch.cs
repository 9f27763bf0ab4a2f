namespace LifecycleMetrics.Ingest.Spool;

/// <summary>A batch that waits for its commit.</summary>
internal sealed class PendingBatch(EventBatch batch)
{
    public EventBatch Batch => batch;

    public int Bytes { get; } = batch.Body.Length + batch.DeadLetters.Length;

    /// <summary>Rows whose event was taken before.</summary>
    public List<int> Duplicates { get; } = [];

    /// <summary>True once the ids of its rows are in the window.</summary>
    public bool IsRemembered { get; set; }

    public TaskCompletionSource<SpoolOutcome> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
