using System.Collections;
using System.Net;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace ClickHouse.Data.Types;

/// <summary>
/// The ClickHouse type that a .NET value is formatted as when neither the SQL nor the parameter names one. It only
/// decides how the value is put into text: what the server makes of it, its <c>{name:Type}</c> says.
/// </summary>
internal static class TypeInference
{
    /// <exception cref="InvalidCastException">No ClickHouse type fits the value.</exception>
    public static string NameFor(object value) => value switch
    {
        bool => "Bool",
        sbyte => "Int8",
        byte => "UInt8",
        short => "Int16",
        ushort => "UInt16",
        int => "Int32",
        uint => "UInt32",
        long => "Int64",
        ulong => "UInt64",
        Int128 => "Int128",
        UInt128 => "UInt128",
        BigInteger => "Int256",
        float => "Float32",
        double => "Float64",
        decimal number => $"Decimal(28, {number.Scale})",
        ClickHouseDecimal number => $"Decimal(76, {number.Scale})",
        string or char or byte[] => "String",
        Enum => "String",
        Guid => "UUID",
        DateOnly => "Date32",
        DateTime or DateTimeOffset => "DateTime64(6)",
        TimeSpan or TimeOnly => "Time64(6)",
        IPAddress { AddressFamily: System.Net.Sockets.AddressFamily.InterNetwork } => "IPv4",
        IPAddress => "IPv6",
        IDictionary map => $"Map({NameForAny(map.Keys)}, {NameForAny(map.Values)})",
        ITuple tuple => $"Tuple({string.Join(", ", Enumerable.Range(0, tuple.Length).Select(i => NameForElement(tuple[i])))})",
        IEnumerable sequence => $"Array({NameForAny(sequence)})",
        _ => throw new InvalidCastException($"No ClickHouse type is known for {value.GetType()}; set ClickHouseParameter.ClickHouseType."),
    };

    private static string NameForAny(IEnumerable values)
    {
        foreach (var value in values)
        {
            if (!ClickHouseType.IsNull(value))
            {
                return NameForElement(value);
            }
        }

        return "String";
    }

    private static string NameForElement(object? value) => value is null or DBNull ? "Nullable(String)" : NameFor(value);
}
