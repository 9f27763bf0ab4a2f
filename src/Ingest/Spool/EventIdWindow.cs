namespace LifecycleMetrics.Ingest.Spool;

/// <summary>
/// The event ids of the last days, one set per day of receipt. Filled at start from the spool and from ClickHouse, while
/// events are taken already; an event of the spool that turns out to be in ClickHouse by an earlier copy becomes a
/// <em>late duplicate</em>, which the writer leaves out.
/// </summary>
internal sealed class EventIdWindow(DeduplicationOptions options)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, EventIdSet> _days = [];
    private readonly HashSet<UInt128> _lateDuplicates = [];

    // Ids of the spool's events until the load is complete. A load that fails half-way can so be repeated.
    private EventIdSet? _takenBeforeLoad = new();

    /// <summary>Ids remembered.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return Total();
        }
    }

    /// <summary>True once the ids ClickHouse holds are in the window.</summary>
    public bool IsLoaded { get; private set; }

    /// <summary>First time of receipt that the window covers (ms since 1970).</summary>
    public long Since(long now) => now - (long)options.Window.TotalMilliseconds;

    public bool Contains(UInt128 eventId)
    {
        lock (_gate)
            return ContainsCore(eventId);
    }

    /// <summary>Remembers ids that are safe on disk. Returns how many had to be forgotten for want of room.</summary>
    public int Add(ReadOnlySpan<UInt128> eventIds, long receivedAt, long now)
    {
        lock (_gate)
        {
            var day = Day(receivedAt);
            foreach (var id in eventIds)
            {
                DayOf(day).Add(id);
                _takenBeforeLoad?.Add(id);
            }

            return Trim(now);
        }
    }

    /// <summary>Remembers ids of rows that ClickHouse got from segments that are gone.</summary>
    public int Load(ReadOnlySpan<(UInt128 EventId, long ReceivedAt)> rows, long now)
    {
        lock (_gate)
        {
            foreach (var (id, receivedAt) in rows)
            {
                if (_takenBeforeLoad?.Contains(id) == true)
                    _lateDuplicates.Add(id);
                DayOf(Day(receivedAt)).Add(id);
            }

            return Trim(now);
        }
    }

    /// <summary>To be called when all of ClickHouse's ids were loaded.</summary>
    public void CompleteLoad()
    {
        lock (_gate)
        {
            IsLoaded = true;
            _takenBeforeLoad = null;
        }
    }

    /// <summary>True for an event that ClickHouse had before it was taken.</summary>
    public bool IsLateDuplicate(UInt128 eventId)
    {
        lock (_gate)
            return _lateDuplicates.Count > 0 && _lateDuplicates.Contains(eventId);
    }

    private static long Day(long milliseconds) => milliseconds / 86_400_000;

    private bool ContainsCore(UInt128 id)
    {
        foreach (var day in _days.Values)
        {
            if (day.Contains(id))
                return true;
        }

        return false;
    }

    private EventIdSet DayOf(long day)
    {
        if (!_days.TryGetValue(day, out var set))
            _days.Add(day, set = new EventIdSet());
        return set;
    }

    private int Trim(long now)
    {
        var first = Day(Since(now));
        while (_days.Count > 0 && _days.First() is var oldest && oldest.Key < first)
            _days.Remove(oldest.Key);

        var forgotten = 0;
        while (_days.Count > 1 && Total() > options.MaxIds)
        {
            var oldest = _days.First();
            forgotten += oldest.Value.Count;
            _days.Remove(oldest.Key);
        }

        return forgotten;
    }

    private int Total()
    {
        var total = 0;
        foreach (var day in _days.Values)
            total += day.Count;
        return total;
    }
}
