using System.Net;
using System.Text;
using System.Text.Unicode;
using LifecycleMetrics.Ingest.Spool;
using LifecycleMetrics.Ingest.Traffic;
using LifecycleMetrics.Ingest.Validation;

namespace LifecycleMetrics.Ingest.Receiving;

/// <summary>The buffers and steps of one request, from body to batch. Reused; serves one request at a time.</summary>
internal sealed class IngestWorkspace(IngestOptions options, TrafficRules traffic)
{
    private readonly BodyReader _reader = new(options);
    private readonly EventValidator _validator = new(options, traffic);
    private readonly ByteBuffer _merged = new();
    private bool _isText;

    /// <summary>The body, to be filled before <see cref="Read"/>.</summary>
    public ByteBuffer Body { get; } = new();

    /// <summary>Memory it holds, about.</summary>
    public long Bytes => (32 * 1024) + Body.Capacity + _reader.Bytes + _merged.Capacity + Batch.Bytes;

    /// <summary>The result of <see cref="Validate"/>.</summary>
    public EventBatch Batch { get; } = new();

    /// <summary><c>writeKey</c> of the body; null if it has none.</summary>
    public string? WriteKey
    {
        get
        {
            var key = _reader.WriteKey;
            return key.IsText && Utf8.IsValid(key.Raw(Body.Written))
                ? Encoding.UTF8.GetString(key.Text(Body.Written, new byte[key.Length]))
                : null;
        }
    }

    // The batch's; empty if it has none.
    private ReadOnlySpan<byte> Context => _reader.Context.IsObject ? _reader.Context.Raw(Body.Written) : default;

    /// <summary>Finds the events in the body.</summary>
    /// <exception cref="IngestFormatException">The body as a whole can't be used.</exception>
    public void Read(bool isBatch)
    {
        if (Body.Written.StartsWith("\uFEFF"u8))
            Body.Span[..3].Fill((byte)' ');
        LoneSurrogates.Replace(Body.Span);
        _reader.Read(Body.Written, isBatch);
        _isText = Utf8.IsValid(Body.Written);
        if (!_isText && !Utf8.IsValid(Context))
            throw new IngestFormatException("invalid_utf8", "The context of the batch holds bytes that are not UTF-8.");
        CheckContext();
    }

    /// <summary>Fills <see cref="Batch"/> with the rows of the good events and the dead letters of the bad ones.</summary>
    /// <param name="type">The call the path names, or <see cref="EventType.Unknown"/> for a batch.</param>
    /// <param name="source">Who sends.</param>
    /// <param name="receivedAt">Time of receipt.</param>
    /// <param name="client">Address the request came from, if it did.</param>
    public void Validate(EventType type, IngestSource source, DateTimeOffset receivedAt, IPAddress? client)
    {
        Batch.Reset(receivedAt.ToUnixTimeMilliseconds());
        var body = Body.Written;
        var context = Context;
        var sentAt = _isText ? SentAt(body) : null;
        var events = _reader.Events;
        for (var index = 0; index < events.Length; index++)
        {
            ref readonly var fields = ref events[index];
            var isReadable = _isText || Utf8.IsValid(fields.Whole.Raw(body));
            var reason = isReadable
                ? ValidateOne(body, fields, context, type, sentAt, source, client)
                : RejectReason.InvalidUtf8;
            if (reason is null)
                continue;
            var error = new RejectedEvent(index, reason, RejectMessages.Of(reason, options))
            {
                Source = isReadable ? _validator.NamedSource : null,
            };
            Batch.Errors.Add(error);
            DeadLetterLine.Write(Batch.DeadLetters, receivedAt, source, error, fields.Whole.Raw(body), type, sentAt, context);
        }

        Batch.Seal();
    }

    // It is stored with each event, accepted or refused: a small body could take the room of many large ones. A single event
    // has it once, as its body does; so what came in a batch can be replayed alone.
    private void CheckContext()
    {
        var (context, events) = (Context.Length, _reader.Events.Length);
        if (events <= 1 || (long)context * events <= options.MaxBatchContextBytes)
            return;
        throw new IngestFormatException(
            "context_too_large",
            $"The context of the batch, {context} bytes, is stored with each of its {events} events, which takes more than {options.MaxBatchContextBytes} bytes. "
            + "Send fewer events at a time or a smaller context, or raise Ingest:MaxBatchContextBytes.");
    }

    private long? SentAt(ReadOnlySpan<byte> body) =>
        _reader.SentAt.IsString
        && TimestampText.TryParse(_reader.SentAt.Text(body, new byte[_reader.SentAt.Length]), out var sent)
            ? sent
            : null;

    private string? ValidateOne(
        ReadOnlySpan<byte> body,
        in EventFields fields,
        ReadOnlySpan<byte> context,
        EventType type,
        long? sentAt,
        IngestSource source,
        IPAddress? client)
    {
        // What is too large stays so, and is not worth merging.
        if (context.IsEmpty || fields.Whole.Length > options.MaxEventBytes
            || !BatchContext.TryMerge(context, fields.Whole.Raw(body), _merged))
            return _validator.Validate(body, fields, type, sentAt, source, client, Batch);

        var merged = new EventFields();
        var scanner = new JsonScanner(_merged.Written);
        EventReader.Read(_merged.Written, ref scanner, options.MaxEventDepth, ref merged);
        return _validator.Validate(_merged.Written, merged, type, sentAt, source, client, Batch);
    }
}
