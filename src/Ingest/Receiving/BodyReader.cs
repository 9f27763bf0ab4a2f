using System.Runtime.CompilerServices;
using System.Text.Json;
using LifecycleMetrics.Ingest.Validation;

namespace LifecycleMetrics.Ingest.Receiving;

/// <summary>
/// Reads a request body in one pass: that it is JSON, where its events stand with their fields, and what the batch says
/// about all of them. One instance is reused for all requests.
/// </summary>
internal sealed class BodyReader(IngestOptions options)
{
    private const int UsualEvents = 128;
    private EventFields[] _events = new EventFields[16];
    private int _count;

    /// <summary>Memory it holds.</summary>
    public long Bytes => (long)_events.Length * Unsafe.SizeOf<EventFields>();

    /// <summary>The events.</summary>
    public ReadOnlySpan<EventFields> Events => _events.AsSpan(0, _count);

    /// <summary>The batch's <c>context</c>, merged into each event's.</summary>
    public JsonSlice Context { get; private set; }

    /// <summary><c>writeKey</c> of the body.</summary>
    public JsonSlice WriteKey { get; private set; }

    /// <summary>The batch's <c>sentAt</c>.</summary>
    public JsonSlice SentAt { get; private set; }

    /// <exception cref="IngestFormatException">The body is not JSON, not of the expected shape, or has too many events.</exception>
    public void Read(ReadOnlySpan<byte> body, bool isBatch)
    {
        Shrink();
        _count = 0;
        Context = WriteKey = SentAt = default;
        try
        {
            var scanner = new JsonScanner(body);
            if (scanner.Peek() != '{')
            {
                scanner.Value();
                scanner.End();
                throw new IngestFormatException("invalid_body", "The body must be a JSON object.");
            }

            if (isBatch)
                ReadBatch(body, ref scanner);
            else
                ReadSingle(body, ref scanner);
            scanner.End();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Invalid(body, e);
        }
    }

    private void ReadSingle(ReadOnlySpan<byte> body, ref JsonScanner scanner)
    {
        EventReader.Read(body, ref scanner, options.MaxEventDepth, ref Next());
        WriteKey = _events[0].WriteKey;
    }

    private void ReadBatch(ReadOnlySpan<byte> body, ref JsonScanner scanner)
    {
        var hasBatch = false;
        scanner.Enter();
        for (var isFirst = true; scanner.NextMember(ref isFirst, out var member);)
        {
            var name = member.Text(body, new byte[member.Kind == JsonKind.EscapedString ? member.Length : 0]);
            if (name.SequenceEqual("batch"u8))
            {
                ReadEvents(body, ref scanner);
                hasBatch = true;
            }
            else if (name.SequenceEqual("writeKey"u8))
            {
                WriteKey = scanner.Value();
            }
            else if (name.SequenceEqual("sentAt"u8))
            {
                SentAt = scanner.Value();
            }
            else if (name.SequenceEqual("context"u8))
            {
                Context = scanner.Value();
            }
            else
            {
                scanner.Value();
            }
        }

        if (!hasBatch)
            throw new IngestFormatException("invalid_body", "The body needs a \"batch\": an array of events.");
        if (!Context.IsMissing && !Context.IsObject)
            throw new IngestFormatException("invalid_body", "The \"context\" of the batch must be a JSON object.");
    }

    private void ReadEvents(ReadOnlySpan<byte> body, ref JsonScanner scanner)
    {
        if (scanner.Peek() != '[')
        {
            scanner.Value();
            throw new IngestFormatException("invalid_body", "\"batch\" must be an array of events.");
        }

        scanner.Enter();
        for (var isFirst = true; scanner.NextItem(ref isFirst, (byte)']');)
        {
            if (_count == options.MaxBatchEvents)
            {
                throw new IngestFormatException(
                    "too_many_events", $"A batch may hold {options.MaxBatchEvents} events. Send it in parts.");
            }

            EventReader.Read(body, ref scanner, options.MaxEventDepth, ref Next());
        }
    }

    // Many small events take far more room here than in their body. Who sends large batches sends more of them, so the room
    // is kept until a small one has come.
    private void Shrink()
    {
        if (_events.Length > UsualEvents && _count < _events.Length / 4)
            _events = new EventFields[UsualEvents];
    }

    private ref EventFields Next()
    {
        if (_count == _events.Length)
            Array.Resize(ref _events, _events.Length * 2);
        return ref _events[_count++];
    }

    private static IngestFormatException Invalid(ReadOnlySpan<byte> body, Exception e)
    {
        if (e is JsonException { LineNumber: { } line, BytePositionInLine: { } position })
            return new IngestFormatException("invalid_json", $"The body is not valid JSON, at line {line + 1}, byte {position}.", e);
        // A property name that is no text can't be compared with one.
        return new IngestFormatException("invalid_json", $"The body of {body.Length} bytes holds a property name that is not UTF-8.", e);
    }
}
