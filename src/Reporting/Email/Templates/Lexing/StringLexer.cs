using System.Globalization;
using System.Text;

namespace LifecycleMetrics.Reporting.Email.Templates.Lexing;

/// <summary>Reads the three kinds of strings; each starts with the offset on its opening quote.</summary>
internal static class StringLexer
{
    public static string ReadQuoted(Source source, ref int offset)
    {
        var open = offset;
        var quote = source[offset++];
        var text = new StringBuilder();
        while (source[offset] != quote)
        {
            RequireMore(source, offset, open);
            text.Append(source[offset] == '\\' ? ReadEscape(source, ref offset) : source[offset++]);
        }

        offset++;
        return text.ToString();
    }

    public static string ReadVerbatim(Source source, ref int offset)
    {
        var open = offset;
        var end = source.Text.IndexOf('`', offset + 1);
        if (end < 0) throw Unterminated(source, open);
        offset = end + 1;
        return source.Text[(open + 1)..end];
    }

    public static IReadOnlyList<InterpolationPart> ReadInterpolated(Source source, ref int offset)
    {
        var open = offset;
        var quote = source[offset++];
        var parts = new List<InterpolationPart>();
        var text = new StringBuilder();
        while (source[offset] != quote)
        {
            RequireMore(source, offset, open);
            if (source[offset] == '{')
            {
                if (text.Length > 0) parts.Add(new InterpolationPart(text.ToString(), null));
                text.Clear();
                var tokens = new List<Token>();
                offset = new CodeLexer(source, offset + 1, embedded: true).ReadTo(tokens, offset);
                parts.Add(new InterpolationPart(null, tokens));
            }
            else
            {
                text.Append(source[offset] == '\\' ? ReadEscape(source, ref offset) : source[offset++]);
            }
        }

        offset++;
        if (text.Length > 0) parts.Add(new InterpolationPart(text.ToString(), null));
        return parts;
    }

    private static char ReadEscape(Source source, ref int offset)
    {
        var start = offset;
        var code = source[start + 1];
        offset += 2;
        return code switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'b' => '\b',
            'f' => '\f',
            '\\' or '"' or '\'' => code,
            'u' => ReadHex(source, ref offset, 4),
            'x' => ReadHex(source, ref offset, 2),
            _ => throw source.Error(start, $"`\\{code}` isn't an escape sequence; write `\\\\` for a backslash."),
        };
    }

    private static char ReadHex(Source source, ref int offset, int digits)
    {
        var start = offset;
        offset = Math.Min(offset + digits, source.Text.Length);
        return ushort.TryParse(
            source.Text.AsSpan(start, offset - start), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            ? (char)code
            : throw source.Error(start, $"An escape sequence needs {digits} hexadecimal digits here.");
    }

    private static void RequireMore(Source source, int offset, int open)
    {
        if (offset >= source.Text.Length) throw Unterminated(source, open);
    }

    private static TemplateException Unterminated(Source source, int open) =>
        source.Error(open, "This string has no closing quote.");
}
