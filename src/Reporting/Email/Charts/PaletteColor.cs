using System.Globalization;
using System.Runtime.InteropServices;

namespace LifecycleMetrics.Reporting.Email.Charts;

/// <summary>A colour of a palette.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PaletteColor(byte Red, byte Green, byte Blue)
{
    /// <param name="text">Six hexadecimal digits after a number sign.</param>
    public static PaletteColor Parse(string text)
    {
        var value = uint.Parse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return new PaletteColor((byte)(value >> 16), (byte)(value >> 8), (byte)value);
    }

    /// <summary>A colour between this and another; 0 is this one, 1 the other.</summary>
    public PaletteColor Mix(PaletteColor other, double share) => new(
        Mix(Red, other.Red, share), Mix(Green, other.Green, share), Mix(Blue, other.Blue, share));

    private static byte Mix(byte from, byte to, double share) => (byte)Math.Round(from + ((to - from) * share));
}
