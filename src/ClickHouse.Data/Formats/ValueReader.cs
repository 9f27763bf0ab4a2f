using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ClickHouse.Data.Formats;

/// <summary>
/// Reads RowBinary values from a span that is known to hold them whole: every value has been measured by
/// <see cref="Types.ClickHouseType.TrySkip"/> before it is decoded.
/// </summary>
internal ref struct ValueReader(ReadOnlySpan<byte> data)
{
    private readonly ReadOnlySpan<byte> _data = data;
    private int _position;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Read<T>()
        where T : unmanaged
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("RowBinary is read on little-endian machines only.");
        }

        var value = MemoryMarshal.Read<T>(_data[_position..]);
        _position += Unsafe.SizeOf<T>();
        return value;
    }

    public byte ReadByte() => _data[_position++];

    public ReadOnlySpan<byte> ReadBytes(int count)
    {
        var bytes = _data.Slice(_position, count);
        _position += count;
        return bytes;
    }

    public int ReadLength()
    {
        if (!VarUInt.TryRead(_data, ref _position, out var value))
        {
            throw new InvalidDataException("A length in the RowBinary stream is cut off.");
        }

        return checked((int)value);
    }

    public string ReadTypeName() => BinaryTypeName.TryRead(_data, ref _position, out var name)
        ? name
        : throw new InvalidDataException("A type name in the RowBinary stream is cut off.");

    public ReadOnlySpan<byte> ReadUtf8() => ReadBytes(ReadLength());

}
