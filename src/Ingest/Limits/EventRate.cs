namespace LifecycleMetrics.Ingest.Limits;

/// <summary>
/// How many events a write key may send: a token bucket that can be in debt, and that keeps a turn for whom it sends away.
/// </summary>
/// <remarks>
/// How many events a request holds is known only when it has been read. So a request is let in for one token and its other
/// events are taken from the bucket afterwards; until the debt is paid the key has to wait. The limiters of
/// System.Threading.RateLimiting know no debt: a batch above the bucket's size could never be sent.
///
/// SDKs try a request 4 to 11 times and then drop its events. If all that were sent away came back when the next token
/// is due, one would be let in and the others would try in vain. So each is told a time of its own, and the tokens of that
/// time are kept for it, by the events a request of the key usually holds.
/// </remarks>
internal sealed class EventRate
{
    private const int MaxTurns = 4_096;
    private const int UsualOver = 8;
    private static readonly TimeSpan TurnHolds = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly double _ticksPerEvent;
    private readonly long _ticksOfBurst;
    private readonly long _ticksOfHold;

    // Events that are paid for, by the instant from which each holds. Whoever comes first takes it: a request can't be told from another.
    private readonly PriorityQueue<double, long> _turns = new();
    private double _usualEvents; // 0 until the first request has been read

    // The bucket: the instant at which it will be full again.
    private long _fullAt;

    /// <param name="perSecond">Events a second in the long run.</param>
    /// <param name="burst">Events that may come at once after a rest: the size of the bucket.</param>
    /// <param name="time">Clock.</param>
    public EventRate(double perSecond, double burst, TimeProvider time)
    {
        _time = time;
        _ticksPerEvent = time.TimestampFrequency / perSecond;
        _ticksOfBurst = TicksOf(Math.Max(burst, 1));
        _ticksOfHold = (long)(TurnHolds.TotalSeconds * time.TimestampFrequency);
        _fullAt = time.GetTimestamp();
    }

    /// <summary>Lets a request in or says when its turn is.</summary>
    /// <param name="paid">Events that are paid for by this; to be given to <see cref="Charge"/>.</param>
    /// <param name="retryAfter">Time until its turn.</param>
    public bool TryEnter(out double paid, out TimeSpan retryAfter)
    {
        lock (_lock)
        {
            var now = _time.GetTimestamp();
            retryAfter = default;
            if (TryTakeTurn(now, out paid))
                return true;

            var fullAt = Math.Max(_fullAt, now);
            var due = fullAt + TicksOf(1) - _ticksOfBurst;
            if (due <= now)
            {
                _fullAt = fullAt + TicksOf(1);
                paid = 1;
                return true;
            }

            retryAfter = _time.GetElapsedTime(now, due);
            if (_turns.Count < MaxTurns)
            {
                var events = Math.Max(_usualEvents, 1);
                _turns.Enqueue(events, due);
                _fullAt = fullAt + TicksOf(events);
            }

            return false;
        }
    }

    /// <summary>Takes tokens for the events of a request that was let in, also those that are not there, beside what is paid.</summary>
    public void Charge(int events, double paid)
    {
        lock (_lock)
        {
            _usualEvents += (Math.Max(events, 1) - _usualEvents) / (_usualEvents == 0 ? 1 : UsualOver);
            _fullAt = Math.Max(_fullAt, _time.GetTimestamp()) + TicksOf(events - paid);
        }
    }

    private bool TryTakeTurn(long now, out double paid)
    {
        while (_turns.TryPeek(out paid, out var due) && due <= now)
        {
            _turns.Dequeue();
            // Its owner has given up otherwise.
            if (now - due <= _ticksOfHold)
                return true;
        }

        return false;
    }

    private long TicksOf(double events) => (long)(events * _ticksPerEvent);
}
