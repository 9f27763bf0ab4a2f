using System.Globalization;

namespace LifecycleMetrics.Reporting.Email.Templates.Lexing;

/// <summary>Reads number literals: <c>100</c>, <c>0x1ef</c>, <c>1.5e-3</c>, <c>1.5m</c>.</summary>
internal static class NumberLexer
{
    /// <returns>A long, double or decimal.</returns>
    public static object Read(Source source, ref int offset)
    {
        var start = offset;
        if (source[start] == '0' && source[start + 1] is 'x' or 'X') return ReadHex(source, ref offset);
        SkipDigits(source, ref offset);
        var isInteger = true;

        // `1..5` is a range, not a number with a dot.
        if (source[offset] == '.' && char.IsAsciiDigit(source[offset + 1]))
        {
            isInteger = false;
            offset++;
            SkipDigits(source, ref offset);
        }

        if (source[offset] is 'e' or 'E' && IsExponent(source, offset + 1))
        {
            isInteger = false;
            offset += 2;
            SkipDigits(source, ref offset);
        }

        var text = source.Text.AsSpan(start, offset - start);
        switch (source[offset])
        {
            case 'm' or 'M' when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact):
                offset++;
                return exact;
            case 'f' or 'F' or 'd' or 'D':
                offset++;
                isInteger = false;
                break;
        }

        if (char.IsAsciiLetter(source[offset]) || source[offset] == '_')
        {
            throw source.Error(start, "A number can't be followed by a letter.");
        }

        if (!isInteger) return double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var integer)
            ? integer
            : throw source.Error(start, "This integer doesn't fit 64 bits.");
    }

    private static long ReadHex(Source source, ref int offset)
    {
        var start = offset;
        offset += 2;
        while (char.IsAsciiHexDigit(source[offset])) offset++;
        var digits = source.Text.AsSpan(start + 2, offset - start - 2);
        if (source[offset] is 'u' or 'U') offset++;
        return long.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw source.Error(start, "This isn't a hexadecimal number of at most 64 bits.");
    }

    private static bool IsExponent(Source source, int offset) =>
        char.IsAsciiDigit(source[offset]) || (source[offset] is '+' or '-' && char.IsAsciiDigit(source[offset + 1]));

    private static void SkipDigits(Source source, ref int offset)
    {
        while (char.IsAsciiDigit(source[offset])) offset++;
    }
}
