using System.Text.Json;
using LifecycleMetrics.Ingest.Validation;

namespace LifecycleMetrics.Ingest.Receiving;

/// <summary>
/// The outer shape of a request body: where its events stand, and what the batch says about all of them.
/// Reading it checks that the whole body is JSON. One instance is reused for all requests.
/// </summary>
internal sealed class BodyEnvelope
{
    /// <summary>Nesting at which a body counts as broken; the limit of an event is lower and refuses that event alone.</summary>
    public const int MaxDepth = 1_000;

    /// <summary>Start and length of each event.</summary>
    public List<(int Start, int Length)> Events { get; } = [];

    /// <summary>The batch's <c>context</c>, merged into each event's.</summary>
    public JsonSlice Context { get; private set; }

    /// <summary><c>writeKey</c> of the body.</summary>
    public JsonSlice WriteKey { get; private set; }

    /// <summary>The batch's <c>sentAt</c>.</summary>
    public JsonSlice SentAt { get; private set; }

    /// <exception cref="IngestFormatException">The body is not JSON, not of the expected shape, or has too many events.</exception>
    public void Read(ReadOnlySpan<byte> body, bool isBatch, int maxEvents)
    {
        Events.Clear();
        Context = WriteKey = SentAt = default;
        try
        {
            ReadBody(body, isBatch, maxEvents);
        }
        catch (JsonException e)
        {
            throw new IngestFormatException(
                "invalid_json", $"The body is not valid JSON, at line {e.LineNumber + 1}, byte {e.BytePositionInLine}.", e);
        }
        catch (InvalidOperationException e)
        {
            // Utf8JsonReader can't compare a property name that is no text.
            throw new IngestFormatException("invalid_json", "The body holds a property name that is not UTF-8.", e);
        }
    }

    private void ReadBody(ReadOnlySpan<byte> body, bool isBatch, int maxEvents)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new IngestFormatException("invalid_body", "The body must be a JSON object.");

        var hasBatch = false;
        var start = (int)reader.TokenStartIndex;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("writeKey"u8))
            {
                WriteKey = Value(ref reader);
            }
            else if (isBatch && reader.ValueTextEquals("batch"u8))
            {
                hasBatch = ReadEvents(ref reader, maxEvents);
            }
            else if (isBatch && reader.ValueTextEquals("sentAt"u8))
            {
                SentAt = Value(ref reader);
            }
            else if (isBatch && reader.ValueTextEquals("context"u8))
            {
                Context = Value(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        var end = (int)reader.BytesConsumed;
        // Throws if anything but white space follows.
        reader.Read();
        if (!isBatch)
            Events.Add((start, end - start));
        else if (!hasBatch)
            throw new IngestFormatException("invalid_body", "The body needs a \"batch\": an array of events.");
        if (!Context.IsMissing && !Context.IsObject)
            throw new IngestFormatException("invalid_body", "The \"context\" of the batch must be a JSON object.");
    }

    private bool ReadEvents(ref Utf8JsonReader reader, int maxEvents)
    {
        Events.Clear();
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new IngestFormatException("invalid_body", "\"batch\" must be an array of events.");

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (Events.Count == maxEvents)
                throw new IngestFormatException("too_many_events", $"A batch may hold {maxEvents} events. Send it in parts.");
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            Events.Add((start, (int)reader.BytesConsumed - start));
        }

        return true;
    }

    private static JsonSlice Value(ref Utf8JsonReader reader)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        var type = reader.TokenType;
        var escaped = type == JsonTokenType.String && reader.ValueIsEscaped;
        reader.Skip();
        return new(start, (int)reader.BytesConsumed - start, type, escaped);
    }
}
