using System.Text.Json;
using LifecycleMetrics.Ingest.Validation;

namespace LifecycleMetrics.Ingest.Writing;

/// <summary>A row that ClickHouse refused: as the event it was made of it can be sent again.</summary>
internal sealed class RefusedRow(IEnumerable<KeyValuePair<string, object?>> columns)
{
    private readonly Dictionary<string, object?> _columns = columns.ToDictionary();

    public string KeyId => Text("key_id");

    public string Source => Text("source");

    public DateTimeOffset ReceivedAt => Instant("received_at");

    /// <summary>Writes the event in the Segment format.</summary>
    public void WriteEvent(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        WriteText(writer, "messageId", Text("event_id"));
        WriteText(writer, "type", Text("type"));
        if (Text("type") == "track")
            WriteText(writer, "event", Text("event"));
        WriteText(writer, "userId", Text("user_id"));
        WriteText(writer, "anonymousId", Text("anonymous_id"));
        WriteText(writer, "previousId", Text("previous_id"));
        WriteText(writer, "groupId", Text("account_id"));
        // A time that fell back to the receipt does so again; a corrected one is not corrected twice, as no sentAt goes along.
        if (_columns["time_basis"] is byte basis && basis != (byte)TimeBasis.Received)
            writer.WriteString("timestamp", Instant("occurred_at"));
        WriteObject(writer, "properties");
        WriteObject(writer, "traits");
        WriteObject(writer, "context");
        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string value)
    {
        if (value.Length > 0)
            writer.WriteString(name, value);
    }

    private string Text(string column) => (string)_columns[column]!;

    private DateTimeOffset Instant(string column) => DateTimeOffset.FromUnixTimeMilliseconds((long)_columns[column]!);

    private void WriteObject(Utf8JsonWriter writer, string column)
    {
        if (Text(column) is not { Length: > 2 } json)
            return;
        writer.WritePropertyName(column);
        // In well-formed JSON a line break stands only between tokens.
        writer.WriteRawValue(json.ReplaceLineEndings(" "), skipInputValidation: true);
    }
}
