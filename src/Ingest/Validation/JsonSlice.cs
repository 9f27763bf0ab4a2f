using System.Runtime.InteropServices;
using System.Text.Json;

namespace LifecycleMetrics.Ingest.Validation;

/// <summary>Where one JSON value stands in a text; a string includes its quotes. Eight bytes, as there are many.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct JsonSlice(int start, int length, JsonKind kind)
{
    /// <summary>Longest text a slice can point into.</summary>
    public const int MaxTextBytes = 1 << 28;

    private const int KindBits = 4;
    private readonly int _start = start;
    private readonly int _lengthAndKind = (length << KindBits) | (int)kind;

    public int Start => _start;

    public int Length => (int)((uint)_lengthAndKind >> KindBits);

    public JsonKind Kind => (JsonKind)(_lengthAndKind & ((1 << KindBits) - 1));

    /// <summary>True if the value is absent or JSON null.</summary>
    public bool IsMissing => Kind <= JsonKind.Null;

    public bool IsObject => Kind == JsonKind.Object;

    public bool IsString => Kind is JsonKind.String or JsonKind.EscapedString;

    public bool IsText => Kind is JsonKind.String or JsonKind.EscapedString or JsonKind.Number;

    public ReadOnlySpan<byte> Raw(ReadOnlySpan<byte> json) => json.Slice(Start, Length);

    /// <summary>The text of a string or number without quotes and escapes; empty for anything else.</summary>
    /// <param name="json">Text the slice belongs to.</param>
    /// <param name="scratch">Takes the text if it has escapes; at least <see cref="Length"/> bytes.</param>
    public ReadOnlySpan<byte> Text(ReadOnlySpan<byte> json, Span<byte> scratch) => Kind switch
    {
        JsonKind.String => json.Slice(Start + 1, Length - 2),
        JsonKind.Number => Raw(json),
        JsonKind.EscapedString => Unescaped(json, scratch),
        _ => default,
    };

    /// <summary>True for JSON true and for the string "true".</summary>
    public bool IsTrue(ReadOnlySpan<byte> json) =>
        Kind == JsonKind.True || (Kind == JsonKind.String && Raw(json).SequenceEqual("\"true\""u8));

    private ReadOnlySpan<byte> Unescaped(ReadOnlySpan<byte> json, Span<byte> scratch)
    {
        var reader = new Utf8JsonReader(Raw(json));
        reader.Read();
        return scratch[..reader.CopyString(scratch)];
    }
}
