using LifecycleMetrics.Ingest.Spool;

namespace LifecycleMetrics.Ingest.Importing.Resuming;

/// <summary>Writes the state of one import as it goes on.</summary>
internal sealed class ImportJournal(ImportState state, ImportStore store, IDisk disk, TimeProvider time, TimeSpan interval)
    : IImportJournal, IDisposable
{
    private long _savedAt = time.GetTimestamp();

    public ImportState State { get; private set; } = state;

    public ImportPosition Start { get; } = state.Position;

    public PrefixHash Prefix { get; } = new(state.Position.PrefixLine, state.Position.PrefixSha256);

    public TimeSpan Interval => interval;

    public bool IsDue => time.GetElapsedTime(_savedAt) >= interval;

    public void Save(ImportPosition position, ImportCounts counts, RejectsFile rejects)
    {
        var rejectsBytes = rejects.Sync(disk);
        Save(State.With(counts) with { Position = position, RejectsBytes = rejectsBytes });
        _savedAt = time.GetTimestamp();
    }

    /// <summary>Writes how the attempt stands.</summary>
    public void Save(ImportStatus status, string errorCode = "", string errorMessage = "") =>
        Save(State with { Status = status, ErrorCode = errorCode, ErrorMessage = errorMessage });

    public void Dispose() => Prefix.Dispose();

    private void Save(ImportState state)
    {
        State = state with { ChangedAt = time.GetUtcNow() };
        store.Save(State);
    }
}
