namespace LifecycleMetrics.Ingest.Importing;

/// <summary>
/// Reads records of columns. A quoted text may span lines; where joining lines gives no good record, only the first of them is
/// at fault and the others are read by themselves, so that one stray quote costs one line.
/// </summary>
internal sealed class RecordReader(LineReader input, char? delimiter, int maxLength)
{
    private const int MaxLinesOfRecord = 50;

    private readonly Queue<RecordLine> _pending = new();
    private readonly List<string> _columns = [];

    /// <summary>Columns of the record last read; empty if it is at fault.</summary>
    public IReadOnlyList<string> Columns => _columns;

    /// <summary>What is wrong with the record last read; null if nothing is.</summary>
    public (string Reason, string Message)? Fault { get; private set; }

    /// <summary>Reads the next record that isn't empty; null at the end of the file.</summary>
    /// <param name="columnCount">How many columns a record that spans lines must have; 0 if any number will do.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async ValueTask<RecordLine?> ReadAsync(int columnCount, CancellationToken cancellationToken)
    {
        while (await NextLineAsync(cancellationToken) is { } line)
        {
            Fault = null;
            if (string.IsNullOrWhiteSpace(line.Text))
                continue;
            if (line.IsTooLong)
                return Refuse(line, "line_too_long", $"the line is longer than {maxLength} bytes");
            switch (ColumnSplitter.Split(line.Text, delimiter, _columns))
            {
                case SplitOutcome.Complete:
                    return line;
                case SplitOutcome.TextAfterQuote:
                    return Refuse(line, "quote_invalid", "a closing quote must be followed by the delimiter; write a quote in a text twice");
                default:
                    return await JoinAsync(line, columnCount, cancellationToken);
            }
        }

        return null;
    }

    private async ValueTask<RecordLine> JoinAsync(RecordLine first, int columnCount, CancellationToken cancellationToken)
    {
        var joined = first.Text;
        var taken = new List<RecordLine>();
        while (taken.Count < MaxLinesOfRecord && joined.Length < maxLength
            && await NextLineAsync(cancellationToken) is { } next)
        {
            taken.Add(next);
            joined += "\n" + next.Text;
            var outcome = ColumnSplitter.Split(joined, delimiter, _columns);
            if (outcome == SplitOutcome.Complete && (columnCount == 0 || _columns.Count == columnCount))
                return first with { Text = joined };
            if (outcome != SplitOutcome.QuoteOpen)
                break;
        }

        // Put back in front of what is already waiting.
        var waiting = _pending.ToArray();
        _pending.Clear();
        foreach (var line in taken.Concat(waiting))
            _pending.Enqueue(line);
        return Refuse(first, "quote_open", "a quote is opened and not closed; write a quote in a text twice");
    }

    private RecordLine Refuse(RecordLine line, string reason, string message)
    {
        _columns.Clear();
        Fault = (reason, message);
        return line;
    }

    private ValueTask<RecordLine?> NextLineAsync(CancellationToken cancellationToken) =>
        _pending.TryDequeue(out var line) ? new(line) : ReadLineAsync(cancellationToken);

    private async ValueTask<RecordLine?> ReadLineAsync(CancellationToken cancellationToken) =>
        await input.ReadAsync(cancellationToken) is { } line ? new(line.File, line.Number, line.Text, line.IsTooLong) : null;
}
