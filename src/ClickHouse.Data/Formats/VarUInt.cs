namespace ClickHouse.Data.Formats;

/// <summary>Unsigned LEB128, the length prefix of RowBinary.</summary>
internal static class VarUInt
{
    public const int MaxLength = 10;

    /// <summary>Reads a number at <paramref name="position"/>; false, with the position unchanged, if it is cut off.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, ref int position, out ulong value)
    {
        value = 0;
        var shift = 0;
        for (var i = position; i < data.Length; i++)
        {
            var part = data[i];
            value |= (ulong)(part & 0x7F) << shift;
            if ((part & 0x80) == 0)
            {
                position = i + 1;
                return true;
            }

            shift += 7;
            if (shift > 63)
            {
                throw new InvalidDataException("A length in the RowBinary stream is longer than ten bytes.");
            }
        }

        return false;
    }

    public static int Write(Span<byte> destination, ulong value)
    {
        var length = 0;
        while (value >= 0x80)
        {
            destination[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        destination[length++] = (byte)value;
        return length;
    }
}
