using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using ClickHouse.Data.Formats;

namespace ClickHouse.Data.Types;

/// <summary>Reads a column as the .NET type that the caller asks for; primitive types without boxing.</summary>
internal static class ValueConversion
{
    /// <exception cref="InvalidCastException">The column's type can't be read as <typeparamref name="T"/>.</exception>
    /// <exception cref="OverflowException">The number does not fit.</exception>
    public static T Read<T>(ClickHouseType type, ref ValueReader reader)
    {
        if (type is ClickHouseType<T> exact)
        {
            return exact.Read(ref reader);
        }

        if (typeof(T).IsValueType)
        {
            if (type is INumberType number && TryNumber<T>(number, ref reader, out var value))
            {
                return value;
            }

            if (type is ClickHouseType<DateTime> instant && typeof(T) == typeof(DateTimeOffset))
            {
                return As<DateTimeOffset, T>(new DateTimeOffset(instant.Read(ref reader)));
            }

            if (type is ClickHouseType<DateOnly> date && typeof(T) == typeof(DateTime))
            {
                return As<DateTime, T>(date.Read(ref reader).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc));
            }
        }

        if (typeof(T) == typeof(byte[]) && TryBytes(type, ref reader) is { } bytes)
        {
            return (T)(object)bytes;
        }

        return (T)Convert(type.ReadObject(ref reader), typeof(T), type)!;
    }

    private static bool TryNumber<T>(INumberType type, ref ValueReader reader, out T value)
    {
        // Each comparison is decided when the method is compiled for T.
        if (typeof(T) == typeof(long))
        {
            value = As<long, T>(type.ReadAs<long>(ref reader));
        }
        else if (typeof(T) == typeof(int))
        {
            value = As<int, T>(type.ReadAs<int>(ref reader));
        }
        else if (typeof(T) == typeof(double))
        {
            value = As<double, T>(type.ReadAs<double>(ref reader));
        }
        else if (typeof(T) == typeof(decimal))
        {
            value = As<decimal, T>(type.ReadAs<decimal>(ref reader));
        }
        else if (typeof(T) == typeof(ulong))
        {
            value = As<ulong, T>(type.ReadAs<ulong>(ref reader));
        }
        else if (typeof(T) == typeof(uint))
        {
            value = As<uint, T>(type.ReadAs<uint>(ref reader));
        }
        else if (typeof(T) == typeof(short))
        {
            value = As<short, T>(type.ReadAs<short>(ref reader));
        }
        else if (typeof(T) == typeof(ushort))
        {
            value = As<ushort, T>(type.ReadAs<ushort>(ref reader));
        }
        else if (typeof(T) == typeof(byte))
        {
            value = As<byte, T>(type.ReadAs<byte>(ref reader));
        }
        else if (typeof(T) == typeof(sbyte))
        {
            value = As<sbyte, T>(type.ReadAs<sbyte>(ref reader));
        }
        else if (typeof(T) == typeof(float))
        {
            value = As<float, T>(type.ReadAs<float>(ref reader));
        }
        else if (typeof(T) == typeof(BigInteger))
        {
            value = As<BigInteger, T>(type.ReadAs<BigInteger>(ref reader));
        }
        else if (typeof(T) == typeof(bool))
        {
            value = As<bool, T>(type.ReadAs<long>(ref reader) != 0);
        }
        else
        {
            value = default!;
            return false;
        }

        return true;
    }

    private static byte[]? TryBytes(ClickHouseType type, ref ValueReader reader) => type switch
    {
        StringType => reader.ReadUtf8().ToArray(),
        FixedStringType => reader.ReadBytes(type.FixedSize).ToArray(),
        _ => null,
    };

    private static object? Convert(object? value, Type target, ClickHouseType type)
    {
        var inner = Nullable.GetUnderlyingType(target) ?? target;
        return value switch
        {
            null when !target.IsValueType || inner != target => null,
            not null when inner.IsInstanceOfType(value) => value,
            string text when inner.IsEnum => Enum.Parse(inner, text),
            ITuple tuple when typeof(ITuple).IsAssignableFrom(inner) => ToTuple(tuple, inner),
            ClickHouseDecimal number when inner == typeof(decimal) => number.ToDecimal(),
            decimal number when inner == typeof(ClickHouseDecimal) => new ClickHouseDecimal(number),
            DateTime time when inner == typeof(DateTimeOffset) => new DateTimeOffset(time),
            IConvertible when inner.IsEnum => Enum.ToObject(inner, value),
            IConvertible when typeof(IConvertible).IsAssignableFrom(inner) => System.Convert.ChangeType(value, inner, CultureInfo.InvariantCulture),
            _ => throw new InvalidCastException($"ClickHouse type {type.Name} can't be read as {target}."),
        };
    }

    private static object ToTuple(ITuple tuple, Type target)
    {
        var types = target.GetGenericArguments();
        return types.Length == tuple.Length
            ? Activator.CreateInstance(target, [.. Enumerable.Range(0, tuple.Length).Select(i => tuple[i])])!
            : throw new InvalidCastException($"A tuple of {tuple.Length} elements can't be read as {target}.");
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TTo As<TFrom, TTo>(TFrom value) => Unsafe.As<TFrom, TTo>(ref value);
}
