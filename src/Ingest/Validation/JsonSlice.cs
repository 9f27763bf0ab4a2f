using System.Text.Json;

namespace LifecycleMetrics.Ingest.Validation;

/// <summary>Where one JSON value stands in the text of an event; a string includes its quotes.</summary>
internal readonly record struct JsonSlice(int Start, int Length, JsonTokenType Type, bool IsEscaped)
{
    /// <summary>True if the value is absent or JSON null.</summary>
    public bool IsMissing => Type is JsonTokenType.None or JsonTokenType.Null;

    public bool IsObject => Type == JsonTokenType.StartObject;

    public bool IsText => Type is JsonTokenType.String or JsonTokenType.Number;

    public ReadOnlySpan<byte> Raw(ReadOnlySpan<byte> json) => json.Slice(Start, Length);

    /// <summary>The text of a string or number without quotes and escapes; empty for anything else.</summary>
    /// <param name="json">Text the slice belongs to.</param>
    /// <param name="scratch">Takes the text if it has escapes; at least <see cref="Length"/> bytes.</param>
    public ReadOnlySpan<byte> Text(ReadOnlySpan<byte> json, Span<byte> scratch)
    {
        if (Type == JsonTokenType.Number)
            return Raw(json);
        if (Type != JsonTokenType.String)
            return default;
        if (!IsEscaped)
            return json.Slice(Start + 1, Length - 2);

        var reader = new Utf8JsonReader(Raw(json));
        reader.Read();
        return scratch[..reader.CopyString(scratch)];
    }

    /// <summary>True for JSON true and for the string "true".</summary>
    public bool IsTrue(ReadOnlySpan<byte> json) =>
        Type == JsonTokenType.True || (Type == JsonTokenType.String && Raw(json).SequenceEqual("\"true\""u8));
}
