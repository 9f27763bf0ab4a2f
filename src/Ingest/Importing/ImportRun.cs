namespace LifecycleMetrics.Ingest.Importing;

/// <summary>What one import carries from line to line: counts, the events on their way, rejects, progress and position.</summary>
internal sealed class ImportRun
{
    private const int LinesPerReport = 20_000;

    private readonly RejectsFile _rejects;
    private readonly Action? _report;
    private readonly Action<string>? _lineRefused;
    private readonly IImportJournal? _journal;
    private readonly ImportPosition _start;
    private LineReader? _input;
    private long _line;
    private long _orders;
    private bool _isRead;

    /// <param name="target">Where events go.</param>
    /// <param name="source">Source name; part of the identity of events.</param>
    /// <param name="options">Limits.</param>
    /// <param name="counts">What an earlier attempt counted, or nothing.</param>
    /// <param name="rejects">Takes refused lines.</param>
    /// <param name="journal">Keeps the position; null for an import that isn't resumed.</param>
    /// <param name="report">Called now and then while counts change.</param>
    /// <param name="lineRefused">Called with the reason of each line or order that made no event.</param>
    public ImportRun(
        IImportTarget target,
        string source,
        ImportOptions options,
        ImportCounts counts,
        RejectsFile rejects,
        IImportJournal? journal = null,
        Action? report = null,
        Action<string>? lineRefused = null)
    {
        Source = source;
        Options = options;
        Counts = counts;
        _rejects = rejects;
        _journal = journal;
        _start = journal?.Start ?? ImportPosition.Beginning;
        _report = report;
        _lineRefused = lineRefused;
        Sender = new BatchSender(target, source, options, Counts, TakeRefusal);
    }

    public string Source { get; }

    public ImportOptions Options { get; }

    public ImportCounts Counts { get; }

    public BatchSender Sender { get; }

    /// <summary>To be called before the first line of a text is read.</summary>
    /// <param name="input">The text.</param>
    /// <param name="sending">Gives up what is on its way.</param>
    public void Begin(LineReader input, CancellationToken sending)
    {
        _input = input;
        if (_journal is not { } journal)
            return;
        // A sender that pauses keeps nothing back: what it sent is settled and counted.
        input.WhileWaiting = async reading =>
        {
            await reading.WaitAsync(journal.Interval).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!reading.IsCompleted)
                await SaveAsync(sending);
        };
    }

    /// <summary>True if an earlier attempt is done with the line: what comes of it was counted then.</summary>
    public bool IsSettled(long line) => line <= _start.Line;

    /// <summary>True if an earlier attempt is done with the next order put together.</summary>
    public bool IsNextOrderSettled => _orders < _start.Orders;

    public void Reject(InputLine line, string reason, string message) =>
        Reject(new EventOrigin(line.File, line.Number, null), line.Text, reason, message);

    public void Reject(EventOrigin origin, string text, string reason, string message)
    {
        _lineRefused?.Invoke(reason);
        TakeRefusal(origin, text, reason, message);
    }

    private void TakeRefusal(EventOrigin origin, string text, string reason, string message)
    {
        Counts.Reject(reason);
        _rejects.Add(origin.File, origin.Line, reason, message, text);
    }

    /// <summary>Hands an event over.</summary>
    /// <exception cref="OtherFileException">It comes before the text is known to be the one that was begun.</exception>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> json, EventOrigin origin, CancellationToken cancellationToken)
    {
        if (_journal is { Prefix.IsVerified: false })
            throw new OtherFileException(_start.PrefixLine);
        if (await Sender.AddAsync(json, origin, cancellationToken))
            _report?.Invoke();
    }

    /// <summary>To be called for each line that is neither blank nor a header, before anything is done with it.</summary>
    public void CountLine(long line)
    {
        if (IsSettled(line))
            return;
        if (++Counts.Lines % LinesPerReport == 0)
            _report?.Invoke();
    }

    /// <summary>To be called when everything of a line was handed over or refused.</summary>
    public ValueTask EndLineAsync(long line, CancellationToken cancellationToken)
    {
        _line = line;
        return SaveIfDueAsync(cancellationToken);
    }

    /// <summary>To be called when an order put together was handed over or refused.</summary>
    public ValueTask EndOrderAsync(CancellationToken cancellationToken)
    {
        _orders++;
        return SaveIfDueAsync(cancellationToken);
    }

    /// <summary>To be called at the end of the text, before orders are put together.</summary>
    /// <exception cref="OtherFileException">The text is not the one that was begun.</exception>
    public void EndText()
    {
        if (_journal is { Prefix.IsVerified: false } || (_start.IsRead && _input!.Number != _start.PrefixLine))
            throw new OtherFileException(_start.PrefixLine);
        _isRead = true;
    }

    /// <summary>
    /// Settles everything handed over and writes the position. False if nothing was written: an attempt that does not come as
    /// far as the one before changes nothing.
    /// </summary>
    public async Task<bool> SaveAsync(CancellationToken cancellationToken)
    {
        await Sender.FlushAsync(cancellationToken);
        _report?.Invoke();
        if (_input is null)
            return _start.Line == 0;
        if (_journal is not { Prefix.IsVerified: true } journal || _line < _start.Line || _orders < _start.Orders)
            return false;
        _input.HashPrefix();
        journal.Save(new(_line, _orders, _isRead && _orders > 0, _input.Number, journal.Prefix.Current), Counts, _rejects);
        return true;
    }

    private ValueTask SaveIfDueAsync(CancellationToken cancellationToken) =>
        _journal is { IsDue: true } ? new(SaveAsync(cancellationToken)) : default;
}
