using System.IO.Compression;
using System.Text;

namespace LifecycleMetrics.Ingest.Importing;

/// <summary>A text file to import, plain or gzip, read line by line with bounded memory.</summary>
internal sealed class InputFile : IDisposable
{
    private const int BufferSize = 64 * 1024;

    private readonly FileStream _file;
    private readonly StreamReader _reader;
    private readonly char[] _buffer = new char[BufferSize];
    private readonly int _maxLineLength;
    private int _position;
    private int _length;
    private long _number;

    public InputFile(string path, Encoding encoding, int maxLineLength)
    {
        Path = path;
        _maxLineLength = maxLineLength;
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize, FileOptions.SequentialScan);
        Stream content = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new GZipStream(_file, CompressionMode.Decompress)
            : _file;
        _reader = new StreamReader(content, encoding, detectEncodingFromByteOrderMarks: true, BufferSize);
    }

    public string Path { get; }

    /// <summary>Bytes of the file, as it lies on disk, that are read so far.</summary>
    public long BytesRead => _file.Position;

    /// <summary>The next line without its end; null at the end of the file.</summary>
    public async ValueTask<InputLine?> ReadLineAsync(CancellationToken cancellationToken)
    {
        StringBuilder? collected = null;
        var isTooLong = false;
        while (true)
        {
            if (_position == _length)
            {
                _length = await _reader.ReadAsync(_buffer, cancellationToken);
                _position = 0;
                if (_length == 0)
                    return collected is null ? null : Line(collected.ToString());
            }

            var rest = _buffer.AsSpan(_position, _length - _position);
            var end = rest.IndexOf('\n');
            var part = end < 0 ? rest : rest[..end];
            _position += part.Length + (end < 0 ? 0 : 1);
            if (end >= 0 && collected is null && part.Length <= _maxLineLength)
                return Line(part.ToString());

            collected ??= new StringBuilder();
            var room = _maxLineLength - collected.Length;
            isTooLong |= part.Length > room;
            collected.Append(part[..Math.Min(part.Length, room)]);
            if (end >= 0)
                return Line(collected.ToString());
        }

        InputLine Line(string text) => new(Path, ++_number, text.TrimEnd('\r'), isTooLong);
    }

    public void Dispose()
    {
        _reader.Dispose();
        _file.Dispose();
    }
}
