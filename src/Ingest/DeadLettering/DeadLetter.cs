using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using LifecycleMetrics.Ingest.Validation;

namespace LifecycleMetrics.Ingest.DeadLettering;

/// <summary>One refused event as it lies in the dead letters.</summary>
public sealed record DeadLetter
{
    // An event may be nested as deep as a body, and stands in a line one level down.
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = JsonScanner.MaxDepth + 1 };

    /// <summary>Hash of the line: the same wherever the line is moved to.</summary>
    public required string Id { get; init; }

    /// <summary>When it was refused.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>When the event was received: what its time falls back to.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Key, source and trust it came with.</summary>
    public required IngestSource Source { get; init; }

    public required string Reason { get; init; }

    public string Message { get; init; } = "";

    /// <summary>Name of the call if the path gave it (<c>track</c>), else empty.</summary>
    public string Call { get; init; } = "";

    /// <summary><c>sentAt</c> of its batch, as text; empty if there was none.</summary>
    public string SentAt { get; init; } = "";

    /// <summary><c>context</c> of its batch as JSON; empty if there was none.</summary>
    public ReadOnlyMemory<byte> Context { get; init; }

    /// <summary>The event as it came. Empty if only the row is kept.</summary>
    public ReadOnlyMemory<byte> Event { get; init; }

    /// <summary>Id of the dead letter that was replayed and came back as this one; empty for the first.</summary>
    public string ReplayOf { get; init; } = "";

    /// <summary>Null if the line is torn or no dead letter.</summary>
    public static DeadLetter? Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line, Deep);
            var root = document.RootElement;
            var time = root.GetProperty("time").GetDateTimeOffset();
            return new()
            {
                Id = Convert.ToHexStringLower(SHA256.HashData(line.Span).AsSpan(0, 16)),
                Time = time,
                ReceivedAt = root.TryGetProperty("received_at", out var receivedAt) ? receivedAt.GetDateTimeOffset() : time,
                Source = new(Text(root, "key_id"), Text(root, "source"), root.TryGetProperty("trusted", out var trusted) && trusted.GetBoolean()),
                Reason = Text(root, "reason"),
                Message = Text(root, "message"),
                Call = Text(root, "call"),
                SentAt = Text(root, "sent_at"),
                Context = root.TryGetProperty("batch_context", out var context) ? Raw(context) : default,
                Event = EventOf(root),
                ReplayOf = Text(root, "replay_of"),
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    private static ReadOnlyMemory<byte> EventOf(JsonElement root)
    {
        if (root.TryGetProperty("event", out var json))
            return Raw(json);
        return root.TryGetProperty("event_base64", out var bytes) ? bytes.GetBytesFromBase64() : default;
    }

    private static byte[] Raw(JsonElement element) => JsonMarshal.GetRawUtf8Value(element).ToArray();

    private static string Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
