namespace LifecycleMetrics.Ingest.Spool;

/// <summary>
/// The event ids of the last days, in spans of time that are forgotten as a whole. Filled at start from the spool and
/// from ClickHouse, while events are taken already; an event of the spool that turns out to be in ClickHouse by an
/// earlier copy becomes a <em>late duplicate</em>, which the writer leaves out.
/// </summary>
/// <remarks>
/// Time here passes as the monotonic clock says, and begins no later than the latest event that is known: a jump of the
/// system's clock forgets nothing, and a start with a clock that is ahead reads the last days that there are.
/// </remarks>
internal sealed class EventIdWindow : IDisposable
{
    // Spans of at most this share of the window, of time as of ids, so that little is forgotten at once.
    private const int SpansByTime = 84;
    private const int SpansByCount = 64;
    private const byte Dead = byte.MaxValue;
    private const int PrefetchAhead = 16;

    private readonly Lock _gate = new();
    private readonly DeduplicationOptions _options;
    private readonly TimeProvider _time;
    private readonly long _startedTimestamp;
    private readonly EventIdSet _ids = new();
    private readonly HashSet<UInt128> _lateDuplicates = [];
    private long _startedAt;

    // Oldest first; the last one is filled.
    private readonly List<Span> _spans = [];

    private bool _hasForgotten;
    private long _loadSpanLength;

    // Ids of the spool's events until the load is complete. A load that fails half-way can so be repeated.
    private EventIdSet? _takenBeforeLoad = new();

    public EventIdWindow(DeduplicationOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _startedAt = time.GetUtcNow().ToUnixTimeMilliseconds();
        _startedTimestamp = time.GetTimestamp();
        _loadSpanLength = SpanLength;
        _takenBeforeLoad.SetLive(1, isLive: true);
    }

    /// <summary>Ids remembered.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return Total();
        }
    }

    /// <summary>Bytes the remembered ids take.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
                return _ids.Bytes;
        }
    }

    /// <summary>True once the ids ClickHouse holds are in the window.</summary>
    public bool IsLoaded { get; private set; }

    /// <summary>True if <see cref="IsLateDuplicate"/> may be true for an id.</summary>
    public bool HasLateDuplicates
    {
        get
        {
            lock (_gate)
                return _lateDuplicates.Count > 0;
        }
    }

    private long Now => _startedAt + (long)_time.GetElapsedTime(_startedTimestamp).TotalMilliseconds;

    private long SpanLength => (long)(_options.Window.TotalMilliseconds / SpansByTime) + 1;

    /// <summary>First time of receipt that the window covers (ms since 1970).</summary>
    public long Since() => Now - (long)_options.Window.TotalMilliseconds;

    /// <summary>Most ids the window takes.</summary>
    public int MaxIds => _options.MaxIds;

    public bool Contains(UInt128 eventId)
    {
        lock (_gate)
            return _ids.Find(eventId) != 0;
    }

    /// <summary>Remembers ids of now; appends the places of those that are remembered already to <paramref name="duplicates"/>.</summary>
    /// <returns>How many others had to be forgotten for want of room.</returns>
    public int Add(ReadOnlySpan<UInt128> eventIds, List<int> duplicates)
    {
        lock (_gate)
        {
            var mark = LastSpan(Now);
            for (var i = 0; i < eventIds.Length; i++)
            {
                if (i + PrefetchAhead < eventIds.Length)
                    _ids.Prefetch(eventIds[i + PrefetchAhead]);
                if (!_ids.Add(eventIds[i], mark))
                    duplicates.Add(i);
                else
                    _takenBeforeLoad?.Add(eventIds[i], 1);
            }

            return Trim();
        }
    }

    /// <summary>Forgets ids that <see cref="Add"/> took and that did not reach the disk.</summary>
    /// <param name="eventIds">As they were given to <see cref="Add"/>.</param>
    /// <param name="duplicates">The places that it named; they were not new, and stay.</param>
    public void Remove(ReadOnlySpan<UInt128> eventIds, IReadOnlyList<int> duplicates)
    {
        lock (_gate)
        {
            var next = 0;
            for (var i = 0; i < eventIds.Length; i++)
            {
                if (next < duplicates.Count && duplicates[next] == i)
                {
                    next++;
                    continue;
                }

                if (_ids.Find(eventIds[i]) != 0)
                    _ids.SetMark(eventIds[i], Dead);
                if (_takenBeforeLoad?.Find(eventIds[i]) > 0)
                    _takenBeforeLoad.SetMark(eventIds[i], Dead);
            }
        }
    }

    /// <summary>Remembers an id of the spool, found at start.</summary>
    public void Recover(UInt128 eventId, long receivedAt)
    {
        lock (_gate)
        {
            _ids.Add(eventId, LastSpan(receivedAt));
            _takenBeforeLoad?.Add(eventId, 1);
        }
    }

    /// <summary>Sets the clock of the window by the time of receipt (ms since 1970) of ClickHouse's latest event.</summary>
    public void SetLatest(long receivedAt)
    {
        lock (_gate)
        {
            var ahead = Now - receivedAt;
            if (ahead <= 0)
                return;
            _startedAt -= ahead;
            for (var i = 0; i < _spans.Count; i++)
                _spans[i] = _spans[i] with { Start = Math.Min(_spans[i].Start, receivedAt) };
        }
    }

    /// <summary>Says from when on (ms since 1970) the rows are that <see cref="Load"/> will bring.</summary>
    public void BeginLoad(long since)
    {
        lock (_gate)
            _loadSpanLength = Math.Max(1, (Now - since) / SpansByTime);
    }

    /// <summary>Remembers ids of rows that ClickHouse got from segments that are gone.</summary>
    public void Load(ReadOnlySpan<(UInt128 EventId, long ReceivedAt)> rows)
    {
        lock (_gate)
        {
            foreach (var (id, receivedAt) in rows)
            {
                if (_takenBeforeLoad?.Find(id) > 0)
                    _lateDuplicates.Add(id);
                _ids.Add(id, SpanOf(receivedAt));
            }

            Trim();
        }
    }

    /// <summary>To be called when all of ClickHouse's ids were loaded.</summary>
    public void CompleteLoad()
    {
        lock (_gate)
        {
            IsLoaded = true;
            _takenBeforeLoad?.Dispose();
            _takenBeforeLoad = null;
        }
    }

    /// <summary>True for an event that ClickHouse had before it was taken.</summary>
    public bool IsLateDuplicate(UInt128 eventId)
    {
        lock (_gate)
            return _lateDuplicates.Contains(eventId);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _ids.Dispose();
            _takenBeforeLoad?.Dispose();
        }
    }

    // The last span, or a new one if that is full or over. Ids of now, and those of the spool, come in order.
    private byte LastSpan(long at)
    {
        if (_spans.Count == 0 || at - _spans[^1].Start >= SpanLength
            || _ids.CountOf(_spans[^1].Mark) >= Math.Max(1, _options.MaxIds / SpansByCount))
            return Insert(_spans.Count, at);
        return _spans[^1].Mark;
    }

    // ClickHouse's ids come in no order; they go where their time belongs.
    private byte SpanOf(long receivedAt)
    {
        var at = _spans.Count - 1;
        while (at >= 0 && _spans[at].Start > receivedAt)
            at--;
        if (at >= 0 && receivedAt - _spans[at].Start < _loadSpanLength)
            return _spans[at].Mark;
        return Insert(at + 1, receivedAt - (receivedAt % _loadSpanLength));
    }

    private byte Insert(int at, long start)
    {
        if (_spans.Count == Dead - 1)
        {
            Forget();
            at = Math.Max(0, at - 1);
        }

        // Little by little, so that no request waits for all of it.
        if (_hasForgotten)
            _ids.SweepNext();
        var mark = FreeMark();
        _ids.SetLive(mark, isLive: true);
        _spans.Insert(at, new Span(start, mark));
        return mark;
    }

    // A mark that still stands in slots of forgotten ids can't be used for others: those would come back.
    private byte FreeMark()
    {
        for (byte mark = 1; mark < Dead; mark++)
        {
            if (_ids.CountOf(mark) == 0 && !_spans.Exists(span => span.Mark == mark))
                return mark;
        }

        _ids.Sweep();
        return FreeMark();
    }

    private int Trim()
    {
        var since = Since();
        while (_spans.Count > 1 && _spans[0].Start + SpanLength < since)
            Forget();
        var forgotten = 0;
        while (_spans.Count > 1 && Total() > _options.MaxIds)
            forgotten += Forget();
        return forgotten;
    }

    private int Forget()
    {
        var mark = _spans[0].Mark;
        _ids.SetLive(mark, isLive: false);
        _spans.RemoveAt(0);
        _hasForgotten = true;
        return _ids.CountOf(mark);
    }

    private int Total()
    {
        var total = 0;
        foreach (var span in _spans)
            total += _ids.CountOf(span.Mark);
        return total;
    }

    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
    private readonly record struct Span(long Start, byte Mark);
}
