namespace LifecycleMetrics.Ingest.Tests.Support;

/// <summary>Time that passes when told to: as both clocks say, or as a jump of the system's clock alone.</summary>
internal sealed class ManualTime(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset _now = start;
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _ticks;

    public void Advance(TimeSpan by)
    {
        _now += by;
        _ticks += by.Ticks;
    }

    public void Jump(TimeSpan by) => _now += by;
}
