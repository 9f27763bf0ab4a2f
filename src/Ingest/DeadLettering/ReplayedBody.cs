using System.Text.Json;
using System.Text.Json.Nodes;
using LifecycleMetrics.Ingest.Spool;
using LifecycleMetrics.Ingest.Validation;

namespace LifecycleMetrics.Ingest.DeadLettering;

/// <summary>Makes of a dead letter the request body it came in, with an id by which a second replay is known.</summary>
internal static class ReplayedBody
{
    private const int IdCharacters = 99;
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = JsonScanner.MaxDepth };
    private static readonly JsonSerializerOptions DeepOut = new() { MaxDepth = JsonScanner.MaxDepth };

    /// <summary>Writes the body.</summary>
    /// <returns>False if it is the event alone, which may be nested as deep as a body and so has no room for a batch around it.</returns>
    public static bool Write(ByteBuffer to, DeadLetter letter)
    {
        if (letter is { Call.Length: > 0, SentAt.Length: 0, Context.IsEmpty: true })
        {
            to.Write(WithId(letter));
            return false;
        }

        to.Write("{\"batch\":["u8);
        to.Write(WithId(letter));
        to.Write("]"u8);
        if (letter.SentAt.Length > 0)
        {
            to.Write(",\"sentAt\":"u8);
            to.Write(JsonSerializer.SerializeToUtf8Bytes(letter.SentAt));
        }

        if (!letter.Context.IsEmpty)
        {
            to.Write(",\"context\":"u8);
            to.Write(letter.Context.Span);
        }

        to.WriteByte((byte)'}');
        return true;
    }

    private static ReadOnlySpan<byte> WithId(DeadLetter letter)
    {
        var json = letter.Event.Span;
        try
        {
            if (JsonNode.Parse(json, documentOptions: Deep) is not JsonObject root)
                return json;
            var id = root["messageId"]?.ToString() ?? "";
            // The id of an event that ClickHouse refused counts as taken: under it the event would be a duplicate.
            var isTaken = letter.Reason == RejectReason.RefusedByClickHouse;
            if (id.Length > 0 && !isTaken)
                return json;
            var mark = "~" + letter.Id[..16];
            root["messageId"] = isTaken && id.Length > 0 && id.Length + mark.Length <= IdCharacters ? id + mark : "replay-" + letter.Id;
            return JsonSerializer.SerializeToUtf8Bytes(root, DeepOut);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            // What can't be read, or names a member twice, goes as it came.
            return json;
        }
    }
}
