namespace LifecycleMetrics.Ingest.Validation;

/// <summary>
/// Replaces escaped UTF-16 surrogates without a partner (<c>\ud83d</c>, left over where a sender cut a text within an
/// emoji) by <c>\ufffd</c>. They are legal JSON, but no text: ClickHouse would read nothing from the whole document.
/// </summary>
internal static class LoneSurrogates
{
    private const int EscapeLength = 6;

    /// <summary>Repairs the JSON text in place; its length stays the same.</summary>
    public static void Replace(Span<byte> json)
    {
        // Most bodies have no escapes at all, and nearly all of the others none of surrogates.
        var at = json.IndexOf((byte)'\\');
        if (at < 0 || (json.IndexOf("\\ud"u8) < 0 && json.IndexOf("\\uD"u8) < 0))
            return;

        while (true)
        {
            var next = json[at..].IndexOf((byte)'\\');
            if (next < 0)
                return;
            at += next;
            if (!TryReadEscape(json[at..], out var unit))
            {
                at += 2;
                if (at >= json.Length)
                    return;
                continue;
            }

            if (char.IsHighSurrogate(unit) && TryReadEscape(json[(at + EscapeLength)..], out var low)
                && char.IsLowSurrogate(low))
            {
                at += 2 * EscapeLength;
                continue;
            }

            if (char.IsSurrogate(unit))
                "\\ufffd"u8.CopyTo(json[at..]);
            at += EscapeLength;
        }
    }

    private static bool TryReadEscape(ReadOnlySpan<byte> text, out char unit)
    {
        unit = default;
        if (text.Length < EscapeLength || text[0] != '\\' || text[1] != 'u')
            return false;
        var value = 0;
        foreach (var digit in text[2..EscapeLength])
        {
            if (!char.IsAsciiHexDigit((char)digit))
                return false;
            value = (value << 4) | (digit <= (byte)'9' ? digit - (byte)'0' : (digit | 0x20) - (byte)'a' + 10);
        }

        unit = (char)value;
        return true;
    }
}
