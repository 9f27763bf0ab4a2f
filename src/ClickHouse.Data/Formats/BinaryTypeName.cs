using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace ClickHouse.Data.Formats;

/// <summary>
/// Type names in ClickHouse's binary encoding, which a value of a Dynamic column has in front of it.
/// https://clickhouse.com/docs/sql-reference/data-types/data-types-binary-encoding
/// </summary>
internal static class BinaryTypeName
{
    private static readonly Dictionary<byte, string> Plain = new()
    {
        [0x00] = "Nothing",
        [0x01] = "UInt8",
        [0x02] = "UInt16",
        [0x03] = "UInt32",
        [0x04] = "UInt64",
        [0x05] = "UInt128",
        [0x06] = "UInt256",
        [0x07] = "Int8",
        [0x08] = "Int16",
        [0x09] = "Int32",
        [0x0A] = "Int64",
        [0x0B] = "Int128",
        [0x0C] = "Int256",
        [0x0D] = "Float32",
        [0x0E] = "Float64",
        [0x0F] = "Date",
        [0x10] = "Date32",
        [0x11] = "DateTime",
        [0x15] = "String",
        [0x1D] = "UUID",
        [0x28] = "IPv4",
        [0x29] = "IPv6",
        [0x2D] = "Bool",
        [0x31] = "BFloat16",
        [0x32] = "Time",
    };

    /// <summary>Reads a type's name; false if the data ends inside it.</summary>
    /// <exception cref="NotSupportedException">The type is of a kind that the provider does not know.</exception>
    public static bool TryRead(ReadOnlySpan<byte> data, ref int position, out string name)
    {
        name = string.Empty;
        if (position >= data.Length)
        {
            return false;
        }

        var kind = data[position++];
        if (Plain.TryGetValue(kind, out var plain))
        {
            name = plain;
            return true;
        }

        switch (kind)
        {
            case 0x12:
                return TryReadText(data, ref position, out var zone) && Set(out name, $"DateTime({Quote(zone)})");
            case 0x13:
                return TryReadByte(data, ref position, out var precision) && Set(out name, $"DateTime64({precision})");
            case 0x14:
                return TryReadByte(data, ref position, out precision) && TryReadText(data, ref position, out zone)
                    && Set(out name, $"DateTime64({precision}, {Quote(zone)})");
            case 0x34:
                return TryReadByte(data, ref position, out precision) && Set(out name, $"Time64({precision})");
            case 0x16:
                return VarUInt.TryRead(data, ref position, out var length) && Set(out name, $"FixedString({length})");
            case 0x17 or 0x18:
                return TryReadEnum(data, ref position, isWide: kind == 0x18, out name);
            case 0x19 or 0x1A or 0x1B or 0x1C:
                return TryReadByte(data, ref position, out precision) && TryReadByte(data, ref position, out var scale)
                    && Set(out name, $"Decimal({precision}, {scale})");
            case 0x1E:
                return TryRead(data, ref position, out var inner) && Set(out name, $"Array({inner})");
            case 0x23:
                return TryRead(data, ref position, out inner) && Set(out name, $"Nullable({inner})");
            case 0x26:
                return TryRead(data, ref position, out inner) && Set(out name, $"LowCardinality({inner})");
            case 0x27:
                return TryRead(data, ref position, out var key) && TryRead(data, ref position, out inner) && Set(out name, $"Map({key}, {inner})");
            case 0x1F or 0x20:
                return TryReadTuple(data, ref position, hasNames: kind == 0x20, out name);
            default:
                throw new NotSupportedException(
                    $"A Dynamic column holds a value whose type (binary code 0x{kind:X2}) is not supported; convert it in the query, for example with toString.");
        }
    }

    private static bool TryReadTuple(ReadOnlySpan<byte> data, ref int position, bool hasNames, out string name)
    {
        name = string.Empty;
        if (!VarUInt.TryRead(data, ref position, out var count))
        {
            return false;
        }

        var elements = new List<string>();
        for (var i = 0UL; i < count; i++)
        {
            var element = string.Empty;
            if ((hasNames && !TryReadText(data, ref position, out element)) || !TryRead(data, ref position, out var type))
            {
                return false;
            }

            elements.Add(hasNames ? $"`{Escape(element, '`')}` {type}" : type);
        }

        return Set(out name, $"Tuple({string.Join(", ", elements)})");
    }

    private static bool TryReadEnum(ReadOnlySpan<byte> data, ref int position, bool isWide, out string name)
    {
        name = string.Empty;
        if (!VarUInt.TryRead(data, ref position, out var count))
        {
            return false;
        }

        var members = new List<string>();
        for (var i = 0UL; i < count; i++)
        {
            var width = isWide ? sizeof(short) : sizeof(sbyte);
            if (!TryReadText(data, ref position, out var member) || data.Length - position < width)
            {
                return false;
            }

            var value = isWide ? BinaryPrimitives.ReadInt16LittleEndian(data[position..]) : (sbyte)data[position];
            position += width;
            members.Add(string.Create(CultureInfo.InvariantCulture, $"{Quote(member)} = {value}"));
        }

        return Set(out name, $"Enum{(isWide ? 16 : 8)}({string.Join(", ", members)})");
    }

    private static bool TryReadByte(ReadOnlySpan<byte> data, ref int position, out byte value)
    {
        value = position < data.Length ? data[position] : (byte)0;
        return position++ < data.Length;
    }

    private static bool TryReadText(ReadOnlySpan<byte> data, ref int position, out string text)
    {
        text = string.Empty;
        if (!VarUInt.TryRead(data, ref position, out var length) || length > (ulong)(data.Length - position))
        {
            return false;
        }

        text = Encoding.UTF8.GetString(data.Slice(position, (int)length));
        position += (int)length;
        return true;
    }

    private static string Quote(string text) => $"'{Escape(text, '\'')}'";

    private static string Escape(string text, char quote) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace($"{quote}", $"\\{quote}", StringComparison.Ordinal);

    private static bool Set(out string target, string value)
    {
        target = value;
        return true;
    }
}
