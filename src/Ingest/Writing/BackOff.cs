namespace LifecycleMetrics.Ingest.Writing;

/// <summary>The pauses between attempts: each twice the one before, up to a limit.</summary>
internal sealed class BackOff(TimeSpan first, TimeSpan longest)
{
    private TimeSpan _next = first;

    public TimeSpan Next()
    {
        var pause = _next;
        _next = pause * 2 < longest ? pause * 2 : longest;
        return pause;
    }
}
