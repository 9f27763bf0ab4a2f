namespace LifecycleMetrics.Ingest.Writing;

/// <summary>
/// How long events wait for others to share their insert: the longer inserts take, the fewer and larger they are made. A small
/// insert costs the database nearly as much as a larger one, and each adds parts to all tables that hang on it, to be merged.
/// </summary>
internal sealed class InsertPace(WriterOptions options)
{
    /// <summary>Longest the first event of a block waits, from when it was received.</summary>
    public TimeSpan Delay { get; private set; } = TimeSpan.Zero;

    /// <summary>Notes how long an insert took, and with it when the next one is due.</summary>
    public void Took(TimeSpan duration)
    {
        var pause = duration * ((1 / options.InsertShare) - 1);
        Delay = pause < options.MaxDelay ? pause : options.MaxDelay;
    }
}
