namespace LifecycleMetrics.Ingest.Importing;

/// <summary>Reads lines of UTF-8 text from a stream of any length with bounded memory.</summary>
/// <param name="name">What the lines are named after in rejects: a file.</param>
/// <param name="content">The text; see <see cref="TextStream"/>. Disposed with the reader.</param>
/// <param name="maxLineBytes">A longer line is cut off and marked.</param>
/// <param name="prefix">Takes in what is read, for an import that may be resumed; null for one that may not.</param>
internal sealed class LineReader(string name, Stream content, int maxLineBytes, PrefixHash? prefix = null) : IAsyncDisposable
{
    private const int BufferBytes = 128 * 1024;

    private byte[] _buffer = new byte[BufferBytes];
    private int _hashed;
    private int _position;
    private int _length;
    private bool _isAtEnd;

    /// <summary>
    /// Called with a read that has not come back yet, between two lines; the reader goes on when it returns and the read is
    /// done. Null: nothing is done meanwhile.
    /// </summary>
    public Func<Task, Task>? WhileWaiting { get; set; }

    /// <summary>Number of the line last read, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The next line without its end, valid until the next call; null at the end of the text.</summary>
    public async ValueTask<InputLine?> ReadAsync(CancellationToken cancellationToken)
    {
        var scanned = 0;
        while (true)
        {
            var end = _buffer.AsSpan(_position + scanned, _length - _position - scanned).IndexOf((byte)'\n');
            if (end >= 0)
                return Take(scanned + end, endBytes: 1, isTooLong: scanned + end > maxLineBytes);
            scanned = _length - _position;
            if (_isAtEnd)
                return scanned == 0 ? null : Take(scanned, endBytes: 0, isTooLong: scanned > maxLineBytes);
            if (scanned > maxLineBytes)
                return await TakeTooLongAsync(cancellationToken);
            await FillAsync(WhileWaiting, cancellationToken);
        }
    }

    /// <summary>Brings the hash up to the end of the line last read.</summary>
    public void HashPrefix()
    {
        prefix?.Add(_buffer.AsSpan(_hashed, _position - _hashed));
        _hashed = _position;
    }

    public ValueTask DisposeAsync() => content.DisposeAsync();

    private InputLine Take(int length, int endBytes, bool isTooLong)
    {
        var text = _buffer.AsMemory(_position, Math.Min(length, maxLineBytes));
        _position += length + endBytes;
        if (endBytes == 0)
        {
            // So that a file to which lines are added still begins as it did.
            HashPrefix();
            prefix?.Add("\n"u8);
        }

        return Line(text, isTooLong);
    }

    private InputLine Line(ReadOnlyMemory<byte> text, bool isTooLong)
    {
        Number++;
        if (Number == prefix?.ExpectedLine)
        {
            HashPrefix();
            prefix.Verify();
        }

        return new(name, Number, text.TrimEnd((byte)'\r'), isTooLong);
    }

    // Keeps the beginning for the rejects and passes over the rest, which may be longer than any buffer.
    private async ValueTask<InputLine?> TakeTooLongAsync(CancellationToken cancellationToken)
    {
        var text = _buffer.AsSpan(_position, maxLineBytes).ToArray();
        _position = _length;
        while (!_isAtEnd)
        {
            await FillAsync(whileWaiting: null, cancellationToken);
            var end = _buffer.AsSpan(_position, _length - _position).IndexOf((byte)'\n');
            _position = end < 0 ? _length : _position + end + 1;
            if (end >= 0)
                break;
        }

        return Line(text, isTooLong: true);
    }

    private async ValueTask FillAsync(Func<Task, Task>? whileWaiting, CancellationToken cancellationToken)
    {
        HashPrefix();
        _buffer.AsSpan(_position, _length - _position).CopyTo(_buffer);
        _length -= _position;
        _position = _hashed = 0;
        if (_length == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        var reading = content.ReadAsync(_buffer.AsMemory(_length), cancellationToken);
        var read = whileWaiting is null || reading.IsCompleted ? await reading : await WaitAsync(reading.AsTask(), whileWaiting);
        _isAtEnd = read == 0;
        _length += read;
    }

    private static async Task<int> WaitAsync(Task<int> reading, Func<Task, Task> whileWaiting)
    {
        try
        {
            await whileWaiting(reading);
        }
        finally
        {
            // The buffer is the read's until it comes back.
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return await reading;
    }
}
