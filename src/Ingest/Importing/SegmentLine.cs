using System.Text;
using System.Text.Json;

namespace LifecycleMetrics.Ingest.Importing;

/// <summary>A line of a Segment file: checked to be an object, and given a message id if it has none.</summary>
internal static class SegmentLine
{
    /// <summary>The event as JSON, or why it can't be one. Everything else is checked where all events are.</summary>
    public static (byte[]? Event, string Reason, string Message) Read(string line, string source)
    {
        var json = Encoding.UTF8.GetBytes(line);
        var reader = new Utf8JsonReader(json);
        var hasId = false;
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return (null, "not_an_object", "the line is not a JSON object");
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1)
                    hasId |= reader.ValueTextEquals("messageId"u8);
            }
        }
        catch (JsonException e)
        {
            return (null, "invalid_json", $"the line is not valid JSON, at byte {e.BytePositionInLine}");
        }

        return (hasId ? json : WithId(line, source), "", "");
    }

    // The text of the line is all there is to tell this event from others.
    private static byte[] WithId(string line, string source)
    {
        var rest = line.AsSpan(line.IndexOf('{', StringComparison.Ordinal) + 1).TrimStart();
        var between = rest.StartsWith("}") ? "" : ",";
        var id = BusinessKey.MessageId(source, "line", line.Trim());
        return Encoding.UTF8.GetBytes($$"""{"messageId":"{{id}}"{{between}}{{rest}}""");
    }
}
