namespace LifecycleMetrics.Ingest.Limits;

/// <summary>
/// How many events a write key may send: a token bucket, kept as the one instant at which it will be full again.
/// </summary>
/// <remarks>
/// How many events a request holds is known only when it has been read. So a request is let in for one token and its other
/// events are taken from the bucket afterwards, which may leave it in debt; until that is paid the key has to wait. The
/// limiters of System.Threading.RateLimiting know no debt: a batch above the bucket's size could never be sent.
/// </remarks>
internal sealed class EventRate
{
    private readonly TimeProvider _time;
    private readonly double _ticksPerEvent;
    private readonly long _ticksOfBurst;
    private long _fullAt;

    /// <param name="perSecond">Events a second in the long run.</param>
    /// <param name="burst">Events that may come at once after a rest: the size of the bucket.</param>
    /// <param name="time">Clock.</param>
    public EventRate(double perSecond, double burst, TimeProvider time)
    {
        _time = time;
        _ticksPerEvent = time.TimestampFrequency / perSecond;
        _ticksOfBurst = (long)(burst * _ticksPerEvent);
        _fullAt = time.GetTimestamp();
    }

    /// <summary>Takes a token; if there is none, says after which time there will be.</summary>
    public bool TryTake(out TimeSpan retryAfter)
    {
        var now = _time.GetTimestamp();
        while (true)
        {
            var fullAt = Volatile.Read(ref _fullAt);
            var after = Math.Max(fullAt, now) + (long)_ticksPerEvent;
            if (after - now > Math.Max(_ticksOfBurst, (long)_ticksPerEvent))
            {
                retryAfter = _time.GetElapsedTime(0, after - now - _ticksOfBurst);
                return false;
            }

            if (Interlocked.CompareExchange(ref _fullAt, after, fullAt) == fullAt)
            {
                retryAfter = default;
                return true;
            }
        }
    }

    /// <summary>Takes tokens for events that are in already, also those that are not there.</summary>
    public void Charge(int events)
    {
        if (events <= 0)
            return;
        var ticks = (long)(events * _ticksPerEvent);
        var now = _time.GetTimestamp();
        while (true)
        {
            var fullAt = Volatile.Read(ref _fullAt);
            if (Interlocked.CompareExchange(ref _fullAt, Math.Max(fullAt, now) + ticks, fullAt) == fullAt)
                return;
        }
    }
}
