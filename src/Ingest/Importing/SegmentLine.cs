using System.Text;
using System.Text.Json;

namespace LifecycleMetrics.Ingest.Importing;

/// <summary>A line of a Segment file: checked to be an object, and given a message id if it has none.</summary>
internal static class SegmentLine
{
    /// <summary>The event as JSON, or why it can't be one. Everything else is checked where all events are.</summary>
    /// <returns>The event with the number of bytes put in after the first; or reason and message.</returns>
    public static (ReadOnlyMemory<byte> Event, int IdBytes, string Reason, string Message) Read(ReadOnlyMemory<byte> line, string source)
    {
        var json = line.Trim(" \t\r"u8);
        var reader = new Utf8JsonReader(json.Span);
        var hasId = false;
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return (default, 0, "not_an_object", "the line is not a JSON object");
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1)
                    hasId |= reader.ValueTextEquals("messageId"u8);
            }
        }
        catch (JsonException e)
        {
            return (default, 0, "invalid_json", $"the line is not valid JSON, at byte {e.BytePositionInLine}");
        }

        return hasId ? (json, 0, "", "") : WithId(json.Span, source);
    }

    // The text of the line is all there is to tell this event from others.
    private static (ReadOnlyMemory<byte> Event, int IdBytes, string Reason, string Message) WithId(ReadOnlySpan<byte> json, string source)
    {
        var isEmpty = json[1..].TrimStart(" \t\r"u8).StartsWith("}"u8);
        var id = BusinessKey.MessageId(source, "line", Encoding.UTF8.GetString(json));
        var member = Encoding.UTF8.GetBytes($"\"messageId\":\"{id}\"{(isEmpty ? "" : ",")}");
        var withId = new byte[json.Length + member.Length];
        withId[0] = (byte)'{';
        member.CopyTo(withId, 1);
        json[1..].CopyTo(withId.AsSpan(1 + member.Length));
        return (withId, member.Length, "", "");
    }
}
