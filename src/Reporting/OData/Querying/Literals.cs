using System.Globalization;
using System.Numerics;
using LifecycleMetrics.Reporting.OData.Schema;
using Microsoft.OData.Edm;

namespace LifecycleMetrics.Reporting.OData.Querying;

/// <summary>
/// Turns a literal of the URL into a parameter value of the type of the column it meets: with any other type ClickHouse
/// converts the column instead, row by row, and cannot use its primary key.
/// </summary>
internal static class Literals
{
    private static readonly DateOnly FirstDate32 = new(1900, 1, 1);
    private static readonly DateOnly LastDate32 = new(2299, 12, 31);
    private static readonly DateOnly LastDate = new(2149, 6, 6);

    /// <param name="value">As the OData library understood it.</param>
    /// <param name="text">As it stands in the URL: numbers keep their digits only there.</param>
    /// <param name="column">Type it is compared with; null when there is none.</param>
    public static (object Value, ColumnType Type) Convert(object value, string? text, ColumnType? column)
    {
        var plain = column?.AsNullable(false);
        return value switch
        {
            string or Guid or bool => (value, Fitting(value, plain)),
#pragma warning disable CS0618 // The library still hands out its own Date.
            Date date => OfDate(new DateOnly(date.Year, date.Month, date.Day), plain),
#pragma warning restore CS0618
            DateOnly date => OfDate(date, plain),
            DateTimeOffset instant => OfInstant(instant.UtcDateTime, plain),
            IFormattable number when IsNumber(value) =>
                OfNumber(Digits(text) ?? number.ToString(null, CultureInfo.InvariantCulture), plain),
            _ => throw ODataRequestException.NotSupported($"A literal of type {value.GetType().Name}"),
        };
    }

    private static ColumnType Fitting(object value, ColumnType? column) => value switch
    {
        string => ColumnType.String,
        bool => ColumnType.Boolean,
        _ => column is { Name: "UUID" } ? column : new ColumnType("UUID", "UUID", false),
    };

    private static bool IsNumber(object value) =>
        value is int or long or short or byte or sbyte or uint or ulong or ushort or decimal or double or float;

    // The library also accepts the suffixes of OData 3 (1L, 2.5M).
    private static string? Digits(string? text) => text is [not '\'', ..] and not ("INF" or "-INF" or "NaN")
        ? text.TrimEnd('L', 'l', 'M', 'm', 'D', 'd', 'F', 'f')
        : text;

    private static (object Value, ColumnType Type) OfNumber(string text, ColumnType? column)
    {
        var culture = CultureInfo.InvariantCulture;
        if (text is "INF" or "Infinity")
            return (double.PositiveInfinity, ColumnType.Float64);
        if (text is "-INF" or "-Infinity")
            return (double.NegativeInfinity, ColumnType.Float64);
        if (column is { IsFloat: true } || text == "NaN")
            return (double.Parse(text, NumberStyles.Float, culture), column is { IsFloat: true } ? column : ColumnType.Float64);
        if (BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, culture, out var whole))
        {
            var isLong = whole >= long.MinValue && whole <= long.MaxValue;
            if (column is { IsInteger: true } && Fits(whole, column))
            {
                if (isLong)
                    return ((long)whole, column);
                if (column.Name == "UInt64")
                    return ((ulong)whole, column);
                return (whole, column);
            }

            if (isLong && column is not { IsDecimal: true })
                return ((long)whole, ColumnType.Int64);
        }

        if (!decimal.TryParse(text, NumberStyles.Float, culture, out var exact) || text.Contains('e', StringComparison.OrdinalIgnoreCase))
            return (double.Parse(text, NumberStyles.Float, culture), ColumnType.Float64);
        if (column is { IsDecimal: true } && exact.Scale <= column.Decimal.Scale
            && Math.Abs(exact) < Power(column.Decimal.Precision - column.Decimal.Scale))
        {
            return (exact, column);
        }

        return (exact, ColumnType.DecimalOf(76, exact.Scale));
    }

    private static decimal Power(int exponent)
    {
        var result = 1m;
        for (var i = 0; i < Math.Min(exponent, 28); i++)
            result *= 10;
        return exponent > 28 ? decimal.MaxValue : result;
    }

    private static bool Fits(BigInteger value, ColumnType type)
    {
        var signed = type.Name[0] == 'I';
        var bits = int.Parse(type.Name.AsSpan(signed ? 3 : 4), CultureInfo.InvariantCulture);
        var low = signed ? -(BigInteger.One << (bits - 1)) : BigInteger.Zero;
        var high = (BigInteger.One << (signed ? bits - 1 : bits)) - 1;
        return value >= low && value <= high;
    }

    private static (object Value, ColumnType Type) OfDate(DateOnly date, ColumnType? column)
    {
        if (column is { IsInstant: true })
            return OfInstant(date.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc), column);
        if (column is { Name: "Date" } && date >= DateOnly.FromDateTime(DateTime.UnixEpoch) && date <= LastDate)
            return (date, column);
        return (date < FirstDate32 ? FirstDate32 : date > LastDate32 ? LastDate32 : date, ColumnType.Date32);
    }

    private static (object Value, ColumnType Type) OfInstant(DateTime utc, ColumnType? column)
    {
        if (column is { IsDate: true } && utc.TimeOfDay == TimeSpan.Zero)
            return OfDate(DateOnly.FromDateTime(utc), column);
        var first = FirstDate32.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        var last = LastDate32.ToDateTime(new TimeOnly(23, 59, 59), DateTimeKind.Utc);
        var value = utc < first ? first : utc > last ? last : utc;
        if (column is { IsInstant: true })
        {
            var digits = column.FractionDigits;
            var step = digits >= 7 ? 1 : (long)Power(7 - digits);
            var fits = column.Name != "DateTime"
                || (value >= DateTime.UnixEpoch && value < DateTime.UnixEpoch.AddSeconds(uint.MaxValue));
            if (fits && value.Ticks % step == 0)
                return (value, column.InUtc());
        }

        return (value, value.Ticks % 10 == 0 ? ColumnType.Instant : new ColumnType("DateTime64", "DateTime64(7, 'UTC')", false));
    }
}
