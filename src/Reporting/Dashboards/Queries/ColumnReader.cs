using System.Data.Common;
using System.Globalization;
using System.Numerics;

namespace LifecycleMetrics.Reporting.Dashboards.Queries;

/// <summary>Maps the database's values to the few types a panel knows.</summary>
internal static class ColumnReader
{
    public static ResultColumn Describe(DbDataReader reader, int ordinal)
    {
        var type = reader.GetFieldType(ordinal);
        type = Nullable.GetUnderlyingType(type) ?? type;
        return new ResultColumn(reader.GetName(ordinal), TypeOf(type));
    }

    public static object? Read(object value, ColumnType type) => value switch
    {
        DBNull => null,
        DateTime instant => new DateTimeOffset(DateTime.SpecifyKind(instant, DateTimeKind.Utc)).ToUnixTimeMilliseconds(),
        DateTimeOffset instant => instant.ToUnixTimeMilliseconds(),
        DateOnly date => new DateTimeOffset(date, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeMilliseconds(),
        double number => double.IsFinite(number) ? number : null,
        float number => float.IsFinite(number) ? number : null,
        BigInteger number => (double)number,
        // Larger integers and decimals lose their last digits in the browser, which draws them as doubles.
        IConvertible number when type == ColumnType.Number => number,
        _ when type == ColumnType.Number => double.Parse(value.ToString()!, CultureInfo.InvariantCulture),
        bool flag => flag,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private static ColumnType TypeOf(Type type)
    {
        if (type == typeof(bool))
            return ColumnType.Boolean;
        if (type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(DateOnly))
            return ColumnType.Time;
        return type.GetInterfaces().Any(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(INumber<>))
               && type != typeof(char)
            ? ColumnType.Number
            : ColumnType.String;
    }
}
