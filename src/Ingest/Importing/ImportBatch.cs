using System.Buffers;
using System.Text;

namespace LifecycleMetrics.Ingest.Importing;

/// <summary>The body of one request with events, and which lines they come from. Reused.</summary>
internal sealed class ImportBatch(ReadOnlyMemory<byte> head, int capacity)
{
    private readonly ArrayBufferWriter<byte> _body = new(capacity);
    private readonly List<EventOrigin> _origins = [];

    public int Events => _origins.Count;

    public int Bytes => _body.WrittenCount;

    public ReadOnlyMemory<byte> Body => _body.WrittenMemory;

    public void Add(ReadOnlySpan<byte> json, EventOrigin origin)
    {
        _body.Write(_origins.Count == 0 ? head.Span : ","u8);
        _origins.Add(origin with { Start = _body.WrittenCount, Length = json.Length });
        _body.Write(json);
    }

    public void Close() => _body.Write("]}"u8);

    /// <summary>Where the event at an index comes from, and the text that stands for it in the rejects.</summary>
    public (EventOrigin Origin, string Text) Origin(int index)
    {
        var origin = _origins[index];
        if (origin.Text is { } text)
            return (origin, text);
        var json = _body.WrittenSpan.Slice(origin.Start, origin.Length);
        return (origin, Encoding.UTF8.GetString(json[..1]) + Encoding.UTF8.GetString(json[(1 + origin.IdBytes)..]));
    }

    public void Clear()
    {
        _body.ResetWrittenCount();
        _origins.Clear();
    }
}
