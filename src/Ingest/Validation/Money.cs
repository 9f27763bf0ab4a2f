using System.Globalization;

namespace LifecycleMetrics.Ingest.Validation;

/// <summary>Amounts in major units, as senders write them, into minor units.</summary>
internal static class Money
{
    private static readonly decimal[] Factors = [1m, 10m, 100m, 1_000m, 10_000m];

    /// <summary>
    /// Reads a decimal number such as <c>12.5</c> or <c>-3e2</c>; halves of a minor unit are rounded away from zero.
    /// False if the text is not a number or too large for 64 bits.
    /// </summary>
    public static bool TryParseMinor(ReadOnlySpan<byte> text, int minorDigits, out long minor)
    {
        minor = 0;
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var major)
            || Math.Abs(major) > long.MaxValue / Factors[minorDigits])
            return false;

        minor = (long)Math.Round(major * Factors[minorDigits], MidpointRounding.AwayFromZero);
        return true;
    }
}
