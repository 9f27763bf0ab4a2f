namespace LifecycleMetrics.Ingest.Writing;

/// <summary>
/// How long events wait for others to share their insert: the longer inserts take, the fewer and larger they are made. An insert
/// of a thousand rows costs the database almost as much as one of ten thousand, and each adds parts that have to be merged.
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
