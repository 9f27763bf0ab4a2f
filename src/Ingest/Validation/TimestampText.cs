namespace LifecycleMetrics.Ingest.Validation;

/// <summary>Reads ISO 8601 instants as SDKs write them. Without a zone they are UTC.</summary>
internal static class TimestampText
{
    /// <summary>First instant a DateTime64(3) can hold, in milliseconds since 1970: 1900-01-01.</summary>
    public const long MinMilliseconds = -2_208_988_800_000;

    /// <summary>Last whole second a DateTime64(3) can hold, in milliseconds since 1970: 2299-12-31 23:59:59.</summary>
    public const long MaxMilliseconds = 10_413_791_999_000;

    /// <summary>
    /// Reads <c>yyyy-MM-dd[(T| )HH:mm[:ss[.f…]]][Z|±HH[:]mm|±HH]</c> into milliseconds since 1970; digits beyond the
    /// millisecond are cut off.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long milliseconds)
    {
        milliseconds = 0;
        var rest = text;
        if (!Digits(ref rest, 4, out var year) || !Skip(ref rest, (byte)'-') || !Digits(ref rest, 2, out var month)
            || !Skip(ref rest, (byte)'-') || !Digits(ref rest, 2, out var day))
            return false;
        if (year is < 1900 or > 2299 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;

        int hour = 0, minute = 0, second = 0, fraction = 0;
        var offsetMinutes = 0;
        if (!rest.IsEmpty)
        {
            if (rest[0] is not ((byte)'T' or (byte)'t' or (byte)' '))
                return false;
            rest = rest[1..];
            if (!Digits(ref rest, 2, out hour) || !Skip(ref rest, (byte)':') || !Digits(ref rest, 2, out minute))
                return false;
            if (Skip(ref rest, (byte)':') && (!Digits(ref rest, 2, out second) || !Fraction(ref rest, out fraction)))
                return false;
            if (!Offset(ref rest, out offsetMinutes) || !rest.IsEmpty)
                return false;
            // A leap second is counted as the last of its minute.
            if (hour > 23 || minute > 59 || second > 60)
                return false;
            second = Math.Min(second, 59);
        }

        var ticks = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks
            - DateTime.UnixEpoch.Ticks;
        milliseconds = (ticks / TimeSpan.TicksPerMillisecond) + fraction - (offsetMinutes * 60_000L);
        return milliseconds is >= MinMilliseconds and <= MaxMilliseconds;
    }

    private static bool Digits(ref ReadOnlySpan<byte> text, int count, out int value)
    {
        value = 0;
        if (text.Length < count)
            return false;
        foreach (var digit in text[..count])
        {
            if (!char.IsAsciiDigit((char)digit))
                return false;
            value = (value * 10) + (digit - '0');
        }

        text = text[count..];
        return true;
    }

    private static bool Skip(ref ReadOnlySpan<byte> text, byte expected)
    {
        if (text.IsEmpty || text[0] != expected)
            return false;
        text = text[1..];
        return true;
    }

    private static bool Fraction(ref ReadOnlySpan<byte> text, out int milliseconds)
    {
        milliseconds = 0;
        if (text.IsEmpty || text[0] is not ((byte)'.' or (byte)','))
            return true;
        text = text[1..];
        var scale = 100;
        var count = 0;
        while (count < text.Length && char.IsAsciiDigit((char)text[count]))
        {
            milliseconds += (text[count] - '0') * scale;
            scale /= 10;
            count++;
        }

        text = text[count..];
        return count > 0;
    }

    private static bool Offset(ref ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (text.IsEmpty)
            return true;
        var sign = text[0];
        text = text[1..];
        if (sign is (byte)'Z' or (byte)'z')
            return true;
        if (sign is not ((byte)'+' or (byte)'-') || !Digits(ref text, 2, out var hours))
            return false;
        var rest = 0;
        if (!text.IsEmpty)
        {
            Skip(ref text, (byte)':');
            if (!Digits(ref text, 2, out rest))
                return false;
        }

        minutes = ((hours * 60) + rest) * (sign == (byte)'-' ? -1 : 1);
        return hours <= 23 && rest <= 59;
    }
}
