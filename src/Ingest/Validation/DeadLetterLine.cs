using System.Text.Json;
using System.Text.Unicode;
using LifecycleMetrics.Ingest.Spool;

namespace LifecycleMetrics.Ingest.Validation;

/// <summary>One refused event as a line of JSON: time, key_id, source, index, reason, message, and the event as it came.</summary>
internal static class DeadLetterLine
{
    /// <summary>Appends the line. An event that is no UTF-8 stands in <c>event_base64</c> instead of <c>event</c>.</summary>
    public static void Write(
        ByteBuffer to, DateTimeOffset time, IngestSource source, RejectedEvent error, ReadOnlySpan<byte> json)
    {
        using (var writer = new Utf8JsonWriter(to))
        {
            writer.WriteStartObject();
            writer.WriteString("time"u8, time);
            writer.WriteString("key_id"u8, source.KeyId);
            writer.WriteString("source"u8, source.Source);
            writer.WriteNumber("index"u8, error.Index);
            writer.WriteString("reason"u8, error.Reason);
            writer.WriteString("message"u8, error.Message);
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

        to.WriteByte((byte)'\n');
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
