using System.Globalization;
using System.Numerics;
using ClickHouse.Data.Types;

namespace ClickHouse.Data;

/// <summary>
/// A decimal number of up to 76 digits, for columns whose precision is more than <see cref="decimal"/> holds (28 digits):
/// value = <see cref="Unscaled"/> / 10^<see cref="Scale"/>. Equality is by value: 1.0 equals 1.00.
/// </summary>
public readonly struct ClickHouseDecimal : IEquatable<ClickHouseDecimal>, IComparable<ClickHouseDecimal>, IFormattable
{
    public ClickHouseDecimal(BigInteger unscaled, int scale)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(scale);
        Unscaled = unscaled;
        Scale = scale;
    }

    public ClickHouseDecimal(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        Scale = value.Scale;
        var magnitude = ((BigInteger)(uint)bits[2] << 64) | ((BigInteger)(uint)bits[1] << 32) | (uint)bits[0];
        Unscaled = value < 0 ? -magnitude : magnitude;
    }

    public BigInteger Unscaled { get; }

    public int Scale { get; }

    public static implicit operator ClickHouseDecimal(decimal value) => new(value);

    /// <exception cref="OverflowException">The integer part has more digits than decimal holds.</exception>
    public static explicit operator decimal(ClickHouseDecimal value) => value.ToDecimal();

    public static explicit operator double(ClickHouseDecimal value) =>
        double.Parse(value.ToString(), CultureInfo.InvariantCulture);

    public static bool operator ==(ClickHouseDecimal left, ClickHouseDecimal right) => left.Equals(right);

    public static bool operator !=(ClickHouseDecimal left, ClickHouseDecimal right) => !left.Equals(right);

    public static bool operator <(ClickHouseDecimal left, ClickHouseDecimal right) => left.CompareTo(right) < 0;

    public static bool operator >(ClickHouseDecimal left, ClickHouseDecimal right) => left.CompareTo(right) > 0;

    public static bool operator <=(ClickHouseDecimal left, ClickHouseDecimal right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ClickHouseDecimal left, ClickHouseDecimal right) => left.CompareTo(right) >= 0;

    public static ClickHouseDecimal Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var digits = point < 0 ? text : string.Concat(text.AsSpan(0, point), text.AsSpan(point + 1));
        var unscaled = BigInteger.Parse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return new ClickHouseDecimal(unscaled, point < 0 ? 0 : text.Length - point - 1);
    }

    /// <summary>As decimal; fraction digits that it has no room for are cut off.</summary>
    public decimal ToDecimal()
    {
        var (unscaled, scale) = (Unscaled, Scale);
        while (scale > 0 && (scale > 28 || BigInteger.Abs(unscaled) > (BigInteger)decimal.MaxValue))
        {
            unscaled /= 10;
            scale--;
        }

        var magnitude = (UInt128)BigInteger.Abs(unscaled);
        return new decimal(
            (int)(uint)magnitude, (int)(uint)(magnitude >> 32), (int)(uint)(magnitude >> 64), unscaled.Sign < 0, (byte)scale);
    }

    /// <summary>The integer that stands for this value at another scale; finer digits are cut off.</summary>
    public BigInteger Rescale(int scale) => scale >= Scale
        ? Unscaled * PowersOfTen.Big(scale - Scale)
        : Unscaled / PowersOfTen.Big(Scale - scale);

    public int CompareTo(ClickHouseDecimal other)
    {
        var scale = Math.Max(Scale, other.Scale);
        return Rescale(scale).CompareTo(other.Rescale(scale));
    }

    public bool Equals(ClickHouseDecimal other) => CompareTo(other) == 0;

    public override bool Equals(object? obj) => obj is ClickHouseDecimal other && Equals(other);

    public override int GetHashCode()
    {
        var (unscaled, scale) = (Unscaled, Scale);
        while (scale > 0 && unscaled % 10 == 0)
        {
            unscaled /= 10;
            scale--;
        }

        return HashCode.Combine(unscaled, scale);
    }

    /// <summary>All digits, with a point, independent of culture.</summary>
    public override string ToString()
    {
        var digits = BigInteger.Abs(Unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(Scale + 1, '0');
        var sign = Unscaled.Sign < 0 ? "-" : string.Empty;
        return Scale == 0 ? sign + digits : $"{sign}{digits[..^Scale]}.{digits[^Scale..]}";
    }

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();
}
