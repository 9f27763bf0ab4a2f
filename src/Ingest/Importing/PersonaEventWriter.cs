using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace LifecycleMetrics.Ingest.Importing;

/// <summary>Writes a line of personas as <c>Persona Assigned</c>, dated back to when it holds from.</summary>
internal sealed class PersonaEventWriter(string source) : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _json = new(Stream.Null);

    /// <summary>The event; valid until the next call.</summary>
    public ReadOnlyMemory<byte> Write(PersonaLine line)
    {
        var from = Instant(line.ValidFrom);
        var until = line.ValidUntil is { } end ? Instant(end) : "";

        _buffer.ResetWrittenCount();
        _json.Reset(_buffer);
        _json.WriteStartObject();
        _json.WriteString("type"u8, "track"u8);
        _json.WriteString("event"u8, "Persona Assigned"u8);
        _json.WriteString("messageId"u8, BusinessKey.MessageId(source, "persona", $"{User(line)}\n{from}\n{line.Persona}\n{until}"));
        if (line.UserId.Length > 0)
            _json.WriteString("userId"u8, line.UserId);
        if (line.AnonymousId.Length > 0)
            _json.WriteString("anonymousId"u8, line.AnonymousId);
        _json.WriteString("timestamp"u8, from);
        _json.WriteStartObject("properties"u8);
        if (line.Persona.Length > 0)
            _json.WriteString("persona"u8, line.Persona);
        if (until.Length > 0)
            _json.WriteString("valid_until"u8, until);
        _json.WriteEndObject();
        _json.WriteEndObject();
        _json.Flush();
        return _buffer.WrittenMemory;
    }

    public void Dispose() => _json.Dispose();

    // An anonymous id is told from an equal user id: they are two subjects. Ids are trimmed, so none begins with a line end.
    private static string User(PersonaLine line) => line.UserId.Length > 0 ? line.UserId : "\n" + line.AnonymousId;

    private static string Instant(DateTime utc) => utc.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
