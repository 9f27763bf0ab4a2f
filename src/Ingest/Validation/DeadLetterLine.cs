using System.Text.Json;
using System.Text.Unicode;
using LifecycleMetrics.Ingest.DeadLettering;
using LifecycleMetrics.Ingest.Spool;

namespace LifecycleMetrics.Ingest.Validation;

/// <summary>
/// One refused event as a line of JSON: time, key_id, source, trusted, index, reason, message, what the request around it
/// said, and the event as it came.
/// </summary>
internal static class DeadLetterLine
{
    /// <summary>Appends the line. An event that is no UTF-8 stands in <c>event_base64</c> instead of <c>event</c>.</summary>
    /// <param name="to">Takes the line.</param>
    /// <param name="time">When it is refused, which is when it was received.</param>
    /// <param name="source">Who sent it.</param>
    /// <param name="error">Why it is refused.</param>
    /// <param name="json">The event.</param>
    /// <param name="type">The call, if the path named it: the event need not say it then.</param>
    /// <param name="sentAt"><c>sentAt</c> of the batch.</param>
    /// <param name="context"><c>context</c> of the batch as JSON.</param>
    public static void Write(
        ByteBuffer to,
        DateTimeOffset time,
        IngestSource source,
        RejectedEvent error,
        ReadOnlySpan<byte> json,
        EventType type = EventType.Unknown,
        long? sentAt = null,
        ReadOnlySpan<byte> context = default)
    {
        using (var writer = new Utf8JsonWriter(to))
        {
            WriteHead(writer, time, source, error);
            if (type != EventType.Unknown)
                writer.WriteString("call"u8, type.Name());
            if (sentAt is { } sent)
                writer.WriteString("sent_at"u8, DateTimeOffset.FromUnixTimeMilliseconds(sent));
            WriteBody(writer, context, json);
        }

        to.WriteByte((byte)'\n');
    }

    /// <summary>Appends the line of a dead letter that was replayed and refused again; it names the first.</summary>
    public static void WriteReplayed(ByteBuffer to, DateTimeOffset time, DeadLetter letter, RejectedEvent error)
    {
        using (var writer = new Utf8JsonWriter(to))
        {
            WriteHead(writer, time, letter.Source, error);
            writer.WriteString("received_at"u8, letter.ReceivedAt);
            writer.WriteString("replay_of"u8, letter.Id);
            if (letter.Call.Length > 0)
                writer.WriteString("call"u8, letter.Call);
            if (letter.SentAt.Length > 0)
                writer.WriteString("sent_at"u8, letter.SentAt);
            WriteBody(writer, letter.Context.Span, letter.Event.Span);
        }

        to.WriteByte((byte)'\n');
    }

    private static void WriteHead(Utf8JsonWriter writer, DateTimeOffset time, IngestSource source, RejectedEvent error)
    {
        writer.WriteStartObject();
        writer.WriteString("time"u8, time);
        writer.WriteString("key_id"u8, source.KeyId);
        writer.WriteString("source"u8, source.Source);
        if (source.Trusted)
            writer.WriteBoolean("trusted"u8, true);
        writer.WriteNumber("index"u8, error.Index);
        writer.WriteString("reason"u8, error.Reason);
        writer.WriteString("message"u8, error.Message);
    }

    private static void WriteBody(Utf8JsonWriter writer, ReadOnlySpan<byte> context, ReadOnlySpan<byte> json)
    {
        if (!context.IsEmpty)
        {
            writer.WritePropertyName("batch_context"u8);
            writer.WriteRawValue(OnOneLine(context), skipInputValidation: true);
        }

        if (Utf8.IsValid(json))
        {
            writer.WritePropertyName("event"u8);
            writer.WriteRawValue(OnOneLine(json), skipInputValidation: true);
        }
        else
        {
            writer.WriteBase64String("event_base64"u8, json);
        }

        writer.WriteEndObject();
    }

    // In well-formed JSON a line break stands only between tokens.
    private static ReadOnlySpan<byte> OnOneLine(ReadOnlySpan<byte> json)
    {
        if (json.IndexOfAny((byte)'\n', (byte)'\r') < 0)
            return json;
        var line = json.ToArray();
        line.AsSpan().Replace((byte)'\n', (byte)' ');
        line.AsSpan().Replace((byte)'\r', (byte)' ');
        return line;
    }
}
