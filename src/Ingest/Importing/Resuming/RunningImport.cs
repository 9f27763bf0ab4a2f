namespace LifecycleMetrics.Ingest.Importing.Resuming;

/// <summary>An import that is being read.</summary>
internal sealed class RunningImport(Action end) : IDisposable
{
    private volatile ImportState? _latest;

    /// <summary>How far it is, which is more than what is safe on disk; null before its first line.</summary>
    public ImportState? Latest => _latest;

    public void Report(ImportState state) => _latest = state;

    public void Dispose() => end();
}
