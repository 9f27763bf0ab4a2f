namespace ClickHouse.Embedded.Supervision;

/// <summary>How long to wait before the engine is started again after it ended by itself.</summary>
internal sealed class RestartBackOff
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    // An engine that ran this long was healthy; what ended it is a new story.
    private static readonly TimeSpan Healthy = TimeSpan.FromMinutes(1);

    private TimeSpan _next = Shortest;

    public TimeSpan Next(TimeSpan ran)
    {
        if (ran >= Healthy) _next = Shortest;
        var wait = _next;
        _next = TimeSpan.FromTicks(Math.Min(Longest.Ticks, _next.Ticks * 2));
        return wait;
    }
}
