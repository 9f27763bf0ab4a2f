namespace ClickHouse.Data.Types;

/// <summary>Conversions between .NET ticks (100 ns) and ClickHouse's counts since 1970-01-01 UTC.</summary>
internal static class Epoch
{
    public static readonly int DayNumber = new DateOnly(1970, 1, 1).DayNumber;

    private const int TickDigits = 7;

    /// <summary>Ticks to units of 10^-precision seconds, rounded down (towards the past).</summary>
    public static long ToScale(long ticks, int precision) => precision >= TickDigits
        ? checked(ticks * PowersOfTen.Int64(precision - TickDigits))
        : FloorDivide(ticks, PowersOfTen.Int64(TickDigits - precision));

    /// <summary>Units of 10^-precision seconds to ticks; parts below 100 ns are cut off towards the past.</summary>
    public static long FromScale(long value, int precision) => precision >= TickDigits
        ? FloorDivide(value, PowersOfTen.Int64(precision - TickDigits))
        : checked(value * PowersOfTen.Int64(TickDigits - precision));

    /// <summary>A local time is converted; an unspecified one counts as UTC.</summary>
    public static DateTime ToUtc(DateTime value) => value.Kind switch
    {
        DateTimeKind.Local => value.ToUniversalTime(),
        DateTimeKind.Unspecified => DateTime.SpecifyKind(value, DateTimeKind.Utc),
        _ => value,
    };

    private static long FloorDivide(long value, long divisor)
    {
        var (quotient, remainder) = Math.DivRem(value, divisor);
        return remainder < 0 ? quotient - 1 : quotient;
    }
}
