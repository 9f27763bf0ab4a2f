namespace LifecycleMetrics.Server.Demo;

/// <summary>
/// Which batches of the history the server has acknowledged; those acknowledged ahead of a gap are sent again after an
/// interruption.
/// </summary>
internal sealed class Acknowledged(DemoState state, History history, IProgress<DemoProgress>? progress, string dataDirectory)
{
    private const int BatchesPerSave = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<int, int> _ahead = [];
    private DemoState _state = state;
    private int _saved = state.Batches;

    /// <summary>The first batch to send.</summary>
    public int First { get; } = state.Batches;

    public long Events => _state.Events;

    public void Add(EventBatch batch)
    {
        lock (_lock)
        {
            _ahead.Add(batch.Number, batch.Events);
            while (_ahead.Remove(_state.Batches, out var events))
                _state = _state with { Batches = _state.Batches + 1, Events = _state.Events + events };
            if (_state.Batches >= _saved + BatchesPerSave)
                Save();
            var share = (batch.SentAt - history.Start) / (double)(history.End - history.Start);
            progress?.Report(new(_state.Events, Math.Clamp(share, 0, 1)));
        }
    }

    public void Save()
    {
        lock (_lock)
        {
            _saved = _state.Batches;
            _state.Write(dataDirectory);
        }
    }

    public void Finish()
    {
        _state = _state with { IsLoaded = true };
        Save();
    }
}
