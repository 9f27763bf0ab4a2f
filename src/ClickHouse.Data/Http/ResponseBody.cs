using System.Buffers;
using System.Text;

namespace ClickHouse.Data.Http;

/// <summary>
/// The bytes of one answer, as they come in, with what belongs to an error kept apart from the result. A server that
/// fails after it has sent a part of the result ends the body with
/// <c>\r\n__exception__\r\nTAG\r\nmessage\nlength TAG\r\n__exception__\r\n</c> and cuts the connection; TAG is random
/// and announced in the response header, so that no result can be mistaken for it.
/// </summary>
internal sealed class ResponseBody : IAsyncDisposable
{
    private const int InitialSize = 64 * 1024;
    private const int MaxErrorText = 64 * 1024;

    private readonly HttpResponseMessage _response;
    private readonly Stream _stream;
    private readonly byte[] _marker;
    private readonly string _queryId;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(InitialSize);
    private int _start;
    private int _limit;
    private int _end;
    private bool _isComplete;
    private ClickHouseException? _error;

    public ResponseBody(HttpResponseMessage response, Stream stream, string queryId)
    {
        (_response, _stream, _queryId) = (response, stream, queryId);
        var tag = ResponseHeaders.Get(response, ResponseHeaders.ExceptionTag);
        _marker = tag is null ? [] : Encoding.ASCII.GetBytes($"\r\n__exception__\r\n{tag}\r\n");
    }

    /// <summary>Bytes of the result that have come and are not consumed yet.</summary>
    public ReadOnlySpan<byte> Available => _buffer.AsSpan(_start, _limit - _start);

    /// <summary>True when the whole body has come in without an error.</summary>
    public bool IsComplete => _isComplete && _error is null;

    public void Consume(int count) => _start += count;

    /// <summary>Waits for more bytes. False at the end of the body.</summary>
    /// <exception cref="ClickHouseException">The server reported an error, or the connection broke; all bytes before are consumed or available.</exception>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        var before = _limit - _start;
        while (!_isComplete)
        {
            MakeRoom();
            var searched = _end;
            int count;
            try
            {
                count = await _stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or InvalidDataException && !cancellationToken.IsCancellationRequested)
            {
                _isComplete = true;
                _error = BrokenOff(e);
                break;
            }

            if (count == 0)
            {
                (_isComplete, _limit) = (true, _end);
                break;
            }

            _end += count;
            await FindErrorAsync(searched, cancellationToken).ConfigureAwait(false);
            if (_limit - _start > before)
            {
                return true;
            }
        }

        return _limit - _start > before || (_error is null ? false : throw _error);
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync().ConfigureAwait(false);
        _response.Dispose();
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
            (_start, _limit, _end) = (0, 0, 0);
        }
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start.._end).CopyTo(_buffer);
            (_limit, _end, _start) = (_limit - _start, _end - _start, 0);
        }

        if (_end == _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(checked(_buffer.Length * 2));
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
    }

    /// <summary>Sets the limit before an error block, and before a tail that may turn out to be the beginning of one.</summary>
    private async ValueTask FindErrorAsync(int searched, CancellationToken cancellationToken)
    {
        if (_marker.Length == 0)
        {
            _limit = _end;
            return;
        }

        var from = Math.Max(_start, searched - _marker.Length + 1);
        var index = _buffer.AsSpan(from.._end).IndexOf(_marker);
        if (index < 0)
        {
            _limit = _end - PossibleMarkerStart(_buffer.AsSpan(_start.._end));
            return;
        }

        _limit = from + index;
        var text = await ReadErrorTextAsync(_limit + _marker.Length, cancellationToken).ConfigureAwait(false);
        (_isComplete, _error) = (true, ClickHouseException.FromServer(text, 0, _queryId));
    }

    private int PossibleMarkerStart(ReadOnlySpan<byte> data)
    {
        for (var length = Math.Min(_marker.Length - 1, data.Length); length > 0; length--)
        {
            if (data[^length..].SequenceEqual(_marker.AsSpan(0, length)))
            {
                return length;
            }
        }

        return 0;
    }

    private async ValueTask<string> ReadErrorTextAsync(int position, CancellationToken cancellationToken)
    {
        using var text = new MemoryStream();
        text.Write(_buffer.AsSpan(position.._end));
        var part = new byte[4096];
        try
        {
            int count;
            while (text.Length < MaxErrorText && (count = await _stream.ReadAsync(part, cancellationToken).ConfigureAwait(false)) > 0)
            {
                text.Write(part.AsSpan(0, count));
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            // The server cuts the connection behind the error text on purpose: the text is what counts.
        }

        // After the message come its length, the tag and the marker once more.
        var all = Encoding.UTF8.GetString(text.GetBuffer().AsSpan(0, (int)text.Length));
        var tag = Encoding.ASCII.GetString(_marker.AsSpan()[^18..^2]);
        var end = all.LastIndexOf(tag, StringComparison.Ordinal);
        end = end < 0 ? all.Length : all.LastIndexOf('\n', end);
        return all[..Math.Max(end, 0)];
    }

    /// <summary>The connection was cut without an error block. Servers that send no tag append the bare text of the error.</summary>
    private ClickHouseException BrokenOff(Exception cause)
    {
        var tail = Encoding.UTF8.GetString(_buffer.AsSpan(Math.Max(_start, _end - MaxErrorText).._end));
        var start = tail.LastIndexOf("Code: ", StringComparison.Ordinal);
        return _marker.Length == 0 && start >= 0 && tail.AsSpan(start).Contains("DB::Exception", StringComparison.Ordinal)
            ? ClickHouseException.FromServer(tail[start..], 0, _queryId, cause)
            : new ClickHouseException(
                "The connection to ClickHouse broke in the middle of the answer.", 0, null, _queryId, isTransient: true, cause);
    }
}
