using System.Text.Json;
using LifecycleMetrics.Ingest.Spool;

namespace LifecycleMetrics.Ingest.Validation;

/// <summary>Merges the context of a batch into an event; where both name a member, the event's holds.</summary>
internal static class BatchContext
{
    /// <summary>Writes the event with the merged context. False if the event is no object or its context is none.</summary>
    public static bool TryMerge(ReadOnlySpan<byte> batchContext, ReadOnlySpan<byte> json, ByteBuffer to)
    {
        to.Truncate(0);
        var options = new JsonReaderOptions { MaxDepth = JsonScanner.MaxDepth };
        var reader = new Utf8JsonReader(json, options);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            return false;

        var own = default(Range);
        using var writer = new Utf8JsonWriter(to, new JsonWriterOptions { SkipValidation = true });
        writer.WriteStartObject();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isContext = reader.ValueTextEquals("context"u8);
            var name = reader.GetString()!;
            var range = Value(ref reader);
            var value = json[range];
            if (!isContext)
            {
                writer.WritePropertyName(name);
                writer.WriteRawValue(value, skipInputValidation: true);
            }
            else if (value[0] == '{')
            {
                own = range;
            }
            else if (!value.SequenceEqual("null"u8))
            {
                return false;
            }
        }

        writer.WriteStartObject("context"u8);
        var ownNames = new HashSet<string>(StringComparer.Ordinal);
        CopyMembers(writer, json[own], ownNames, skip: null);
        CopyMembers(writer, batchContext, names: null, skip: ownNames);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        return true;
    }

    private static void CopyMembers(
        Utf8JsonWriter writer, ReadOnlySpan<byte> json, HashSet<string>? names, HashSet<string>? skip)
    {
        if (json.IsEmpty)
            return;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = JsonScanner.MaxDepth });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            var value = json[Value(ref reader)];
            names?.Add(name);
            if (skip?.Contains(name) == true)
                continue;
            writer.WritePropertyName(name);
            writer.WriteRawValue(value, skipInputValidation: true);
        }
    }

    private static Range Value(ref Utf8JsonReader reader)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return start..(int)reader.BytesConsumed;
    }
}
