using System.Text;
using System.Text.Unicode;
using LifecycleMetrics.Ingest.Spool;
using LifecycleMetrics.Ingest.Validation;

namespace LifecycleMetrics.Ingest.Receiving;

/// <summary>The buffers and steps of one request, from body to batch. Reused; serves one request at a time.</summary>
internal sealed class IngestWorkspace(IngestOptions options)
{
    private readonly BodyEnvelope _envelope = new();
    private readonly EventValidator _validator = new(options);
    private readonly ByteBuffer _merged = new();

    /// <summary>The body, to be filled before <see cref="Read"/>.</summary>
    public ByteBuffer Body { get; } = new();

    /// <summary>The result of <see cref="Validate"/>.</summary>
    public EventBatch Batch { get; } = new();

    /// <summary><c>writeKey</c> of the body; null if it has none.</summary>
    public string? WriteKey { get; private set; }

    /// <summary>Finds the events in the body.</summary>
    /// <exception cref="IngestFormatException">The body as a whole can't be used.</exception>
    public void Read(bool isBatch)
    {
        if (Body.Written.StartsWith("\uFEFF"u8))
            Body.Span[..3].Fill((byte)' ');
        LoneSurrogates.Replace(Body.Span);
        _envelope.Read(Body.Written, isBatch, options.MaxBatchEvents);

        var key = _envelope.WriteKey;
        WriteKey = key.IsText && Utf8.IsValid(key.Raw(Body.Written))
            ? Encoding.UTF8.GetString(key.Text(Body.Written, new byte[key.Length]))
            : null;
    }

    /// <summary>Fills <see cref="Batch"/> with the rows of the good events and the dead letters of the bad ones.</summary>
    /// <param name="type">The call the path names, or <see cref="EventType.Unknown"/> for a batch.</param>
    /// <param name="source">Who sends.</param>
    /// <param name="receivedAt">Time of receipt.</param>
    public void Validate(EventType type, IngestSource source, DateTimeOffset receivedAt)
    {
        Batch.Reset(receivedAt.ToUnixTimeMilliseconds());
        var body = Body.Written;
        var isText = Utf8.IsValid(body);
        var context = _envelope.Context.IsObject ? _envelope.Context.Raw(body) : default;
        if (!isText && !Utf8.IsValid(context))
            throw new IngestFormatException("invalid_utf8", "The context of the batch holds bytes that are not UTF-8.");

        long? sentAt = null;
        if (isText && TimestampText.TryParse(_envelope.SentAt.Text(body, new byte[_envelope.SentAt.Length]), out var sent))
            sentAt = sent;
        for (var index = 0; index < _envelope.Events.Count; index++)
        {
            var (start, length) = _envelope.Events[index];
            var json = body.Slice(start, length);
            var reason = !isText && !Utf8.IsValid(json)
                ? RejectReason.InvalidUtf8
                : _validator.Validate(WithContext(context, json), type, sentAt, source, Batch);
            if (reason is not null)
                Refuse(index, reason, source, receivedAt, json);
        }
    }

    private ReadOnlySpan<byte> WithContext(ReadOnlySpan<byte> context, ReadOnlySpan<byte> json)
    {
        // What is too large stays so, and is not worth merging.
        if (context.IsEmpty || json.Length > options.MaxEventBytes)
            return json;
        return BatchContext.TryMerge(context, json, _merged) ? _merged.Written : json;
    }

    private void Refuse(
        int index, string reason, IngestSource source, DateTimeOffset receivedAt, ReadOnlySpan<byte> json)
    {
        var error = new RejectedEvent(index, reason, RejectMessages.Of(reason, options));
        Batch.Errors.Add(error);
        DeadLetterLine.Write(Batch.DeadLetters, receivedAt, source, error, json);
    }
}
